metadata description = 'Log Analytics, and Application Insights on top of it, which takes telemetry from identities only.'

import { principal } from 'names.bicep'

param workspaceName string
param insightsName string
param location string
param tags object

@description('How long logs are kept, in days.')
@minValue(30)
@maxValue(730)
param retentionDays int

@description('The most that is taken in a day, in GB; -1 for no bound.')
param dailyQuotaGb int

@description('Principals of the apps, which may send telemetry and do nothing else.')
param senders principal[]

var metricsPublisher = subscriptionResourceId(
  'Microsoft.Authorization/roleDefinitions',
  '3913510d-42f4-4e42-8a64-420c390055eb'
)

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' = {
  name: workspaceName
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
    workspaceCapping: { dailyQuotaGb: dailyQuotaGb }
    features: { disableLocalAuth: true }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: insightsName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableLocalAuth: true
  }
}

resource sender 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for app in senders: {
    name: guid(insights.id, app.name, metricsPublisher)
    scope: insights
    properties: {
      roleDefinitionId: metricsPublisher
      principalId: app.principalId
      principalType: 'ServicePrincipal'
    }
  }
]

output workspaceId string = workspace.id
output insightsId string = insights.id
