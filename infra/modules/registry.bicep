metadata description = 'The registry of the images; the apps pull by their identities.'

import { principal } from 'names.bicep'

param name string
param location string
param tags object

@allowed(['Basic', 'Standard', 'Premium'])
param sku string

@description('Principals that may pull.')
param pullers principal[]

var acrPull = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '7f951dda-4ed3-4680-a7ca-43fe172d538d')

resource registry 'Microsoft.ContainerRegistry/registries@2025-11-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: sku }
  properties: {
    adminUserEnabled: false
    anonymousPullEnabled: false
    // Images are built by the registry itself and hold no data of jobs; who may pull or push is a matter of roles alone.
    publicNetworkAccess: 'Enabled'
  }
}

resource puller 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for app in pullers: {
    name: guid(registry.id, app.name, acrPull)
    scope: registry
    properties: {
      roleDefinitionId: acrPull
      principalId: app.principalId
      principalType: 'ServicePrincipal'
    }
  }
]

output endpoint string = registry.properties.loginServer
