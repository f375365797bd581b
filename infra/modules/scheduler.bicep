metadata description = 'The Durable Task Scheduler, and the one task hub that both apps work on.'

import { principal } from 'names.bicep'

param name string
param taskHubName string
param location string
param tags object
param publicNetworkAccess bool

@description('Consumption: by the action, 500 a second at most. Dedicated: by the capacity unit, 2,000 actions a second each.')
@allowed(['Consumption', 'Dedicated'])
param sku string

@description('Capacity units of the Dedicated scheduler.')
@minValue(1)
param capacity int

@description('Principals of the apps.')
param apps principal[]

var durableTaskDataContributor = subscriptionResourceId(
  'Microsoft.Authorization/roleDefinitions',
  '0ad04412-c4d5-4796-b79c-f76d14c8d402'
)

resource scheduler 'Microsoft.DurableTask/schedulers@2026-02-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    ipAllowlist: ['0.0.0.0/0']
    publicNetworkAccess: publicNetworkAccess ? 'Enabled' : 'Disabled'
    sku: sku == 'Dedicated' ? { name: sku, capacity: capacity } : { name: sku }
  }
}

resource taskHub 'Microsoft.DurableTask/schedulers/taskHubs@2026-02-01' = {
  parent: scheduler
  name: taskHubName
}

// On the hub, not on the scheduler: a hub beside it, of the next version for one, is none of theirs unless it is given to them.
resource contributor 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for app in apps: {
    name: guid(taskHub.id, app.name, durableTaskDataContributor)
    scope: taskHub
    properties: {
      roleDefinitionId: durableTaskDataContributor
      principalId: app.principalId
      principalType: 'ServicePrincipal'
    }
  }
]

output id string = scheduler.id
