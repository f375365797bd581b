metadata description = 'The storage account of jobs: no public blobs, no keys, old blobs deleted.'

import { principal } from 'names.bicep'
import { appSettings } from 'settings.bicep'

param name string
param location string
param tags object
param publicNetworkAccess bool

@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param sku string

@description('How long what was deleted can be brought back, in days; 0: not at all, and erased at once.')
@minValue(0)
@maxValue(365)
param softDeleteDays int

@description('How long results are kept, in days; 0: for good, as the app does.')
@minValue(0)
param resultDays int

@description('The settings of the app, whose periods of retention are kept to here as well.')
param settings appSettings

@description('Whether a key of the vault encrypts the account, or one of the platform does.')
param customerManagedKey bool
param vaultUri string

@description('The identity by which the account uses that key.')
param identityId string

@description('Principals of the apps.')
param apps principal[]

@description('Who deploys, and may upload and read; empty: nobody.')
param deployer string
@allowed(['User', 'ServicePrincipal', 'Group'])
param deployerType string

var containers = [
  'uploads'
  'jobs'
  'open'
  'inputs'
  'features'
  'embeddings'
  'results'
  'quarantine'
  'indexes'
  'tombstones'
  'batches'
  'leases'
  // What batches take in, put there by whoever has the blobs; the app only reads it.
  'bulk'
]
// The second is made by the host when it is needed first; what watches it wants it there before.
var queues = ['results', 'webjobs-blobtrigger-poison']

var blobDataContributor = subscriptionResourceId(
  'Microsoft.Authorization/roleDefinitions',
  'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
)
var queueDataContributor = subscriptionResourceId(
  'Microsoft.Authorization/roleDefinitions',
  '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
)
var roles = [blobDataContributor, queueDataContributor]

// The app itself deletes what is past its time, but for open jobs. This is the backstop for when it does not run: later than the
// app by more than the longest that a job can be open.
var margin = 8
var retention = [
  { container: 'uploads', days: int(settings.?Retention__UploadDays ?? '30') + margin }
  { container: 'inputs', days: int(settings.?Retention__UploadDays ?? '30') + margin }
  { container: 'features', days: int(settings.?Retention__FeatureDays ?? '7') + margin }
  { container: 'embeddings', days: int(settings.?Retention__EmbeddingDays ?? '30') + margin }
  { container: 'quarantine', days: int(settings.?Retention__QuarantineDays ?? '30') + margin }
]
var retentionOfResults = resultDays > 0 ? [{ container: 'results', days: resultDays }] : []

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: sku }
  identity: customerManagedKey ? { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {} } } : null
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    allowCrossTenantReplication: false
    defaultToOAuthAuthentication: true
    isLocalUserEnabled: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: publicNetworkAccess ? 'Enabled' : 'Disabled'
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: publicNetworkAccess ? 'Allow' : 'Deny'
    }
    encryption: customerManagedKey
      ? {
          keySource: 'Microsoft.Keyvault'
          // Without a version the newest is taken, so that a rotated key needs no deployment.
          keyvaultproperties: { keyname: 'storage', keyvaulturi: vaultUri }
          identity: { userAssignedIdentity: identityId }
          services: { blob: { enabled: true }, queue: { enabled: true, keyType: 'Account' } }
        }
      : {
          keySource: 'Microsoft.Storage'
          services: { blob: { enabled: true }, queue: { enabled: true, keyType: 'Account' } }
        }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-06-01' = {
  parent: account
  name: 'default'
  properties: {
    deleteRetentionPolicy: softDeleteDays > 0 ? { enabled: true, days: max(softDeleteDays, 1) } : { enabled: false }
    containerDeleteRetentionPolicy: softDeleteDays > 0
      ? { enabled: true, days: max(softDeleteDays, 1) }
      : { enabled: false }
  }
}

resource container 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' = [
  for container in containers: {
    parent: blobs
    name: container
    properties: { publicAccess: 'None' }
  }
]

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2025-06-01' = {
  parent: account
  name: 'default'
}

resource queue 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-06-01' = [
  for queue in queues: {
    parent: queueService
    name: queue
  }
]

resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2025-06-01' = {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: map(concat(retention, retentionOfResults), rule => {
        name: 'expire-${rule.container}'
        type: 'Lifecycle'
        enabled: true
        definition: {
          filters: { blobTypes: ['blockBlob'], prefixMatch: ['${rule.container}/'] }
          actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: rule.days } } }
        }
      })
    }
  }
  dependsOn: [blobs]
}

resource appBlobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for app in apps: {
    name: guid(account.id, app.name, blobDataContributor)
    scope: account
    properties: {
      roleDefinitionId: blobDataContributor
      principalId: app.principalId
      principalType: 'ServicePrincipal'
    }
  }
]

resource appQueues 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for app in apps: {
    name: guid(account.id, app.name, queueDataContributor)
    scope: account
    properties: {
      roleDefinitionId: queueDataContributor
      principalId: app.principalId
      principalType: 'ServicePrincipal'
    }
  }
]

resource deployerData 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in empty(deployer) ? [] : roles: {
    name: guid(account.id, deployer, role)
    scope: account
    properties: {
      roleDefinitionId: role
      principalId: deployer
      principalType: deployerType
    }
  }
]

output id string = account.id
