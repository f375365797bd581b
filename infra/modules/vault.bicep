metadata description = 'Key Vault: the keys that callers of the host show, and the key that encrypts the storage account.'

param name string
param location string
param tags object
param publicNetworkAccess bool

@description('Whether the storage account is encrypted with a key of this vault. The vault then cannot be purged for seven days after it was deleted.')
param customerManagedKey bool

@description('The identity of the app that reads the host\'s keys; its name, known beforehand, makes the name of the assignment.')
param hostName string
param hostPrincipalId string

@description('The identity by which the storage account uses the key.')
param storageName string
param storagePrincipalId string

@description('Who deploys: reads the keys again at the next deployment. Empty: nobody.')
param deployer string
@allowed(['User', 'ServicePrincipal', 'Group'])
param deployerType string

@secure()
param hostMasterKey string
@secure()
param hostFunctionKey string
@secure()
param hostBlobsKey string
@secure()
param hostDurableKey string

var secretsUser = subscriptionResourceId(
  'Microsoft.Authorization/roleDefinitions',
  '4633458b-17de-408a-b874-0445c86b69e6'
)
var cryptoServiceEncryptionUser = subscriptionResourceId(
  'Microsoft.Authorization/roleDefinitions',
  'e147488a-f6f5-4113-8e2d-b22465e65bf6'
)

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: subscription().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    // So that a template may hand the webhook's key to Event Grid without anybody seeing it.
    enabledForTemplateDeployment: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 7
    // Once true it cannot be taken back; false is not a value that may be sent.
    enablePurgeProtection: customerManagedKey ? true : null
    publicNetworkAccess: publicNetworkAccess ? 'Enabled' : 'Disabled'
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: publicNetworkAccess ? 'Allow' : 'Deny'
    }
  }
}

resource masterKey 'Microsoft.KeyVault/vaults/secrets@2025-05-01' = {
  parent: vault
  name: 'host-master'
  properties: { value: hostMasterKey }
}

resource functionKey 'Microsoft.KeyVault/vaults/secrets@2025-05-01' = {
  parent: vault
  name: 'host-function-default'
  properties: { value: hostFunctionKey }
}

resource blobsKey 'Microsoft.KeyVault/vaults/secrets@2025-05-01' = {
  parent: vault
  name: 'host-systemkey-blobs'
  properties: { value: hostBlobsKey }
}

resource durableKey 'Microsoft.KeyVault/vaults/secrets@2025-05-01' = {
  parent: vault
  name: 'host-systemkey-durabletask'
  properties: { value: hostDurableKey }
}

resource storageKey 'Microsoft.KeyVault/vaults/keys@2025-05-01' = if (customerManagedKey) {
  parent: vault
  name: 'storage'
  properties: {
    kty: 'RSA'
    keySize: 3072
    keyOps: ['wrapKey', 'unwrapKey']
    rotationPolicy: {
      attributes: { expiryTime: 'P2Y' }
      lifetimeActions: [
        { action: { type: 'rotate' }, trigger: { timeBeforeExpiry: 'P90D' } }
      ]
    }
  }
}

resource secretsReader 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, hostName, secretsUser)
  scope: vault
  properties: {
    roleDefinitionId: secretsUser
    principalId: hostPrincipalId
    principalType: 'ServicePrincipal'
  }
}

resource keyUser 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (customerManagedKey) {
  name: guid(storageKey.id, storageName, cryptoServiceEncryptionUser)
  scope: storageKey
  properties: {
    roleDefinitionId: cryptoServiceEncryptionUser
    principalId: storagePrincipalId
    principalType: 'ServicePrincipal'
  }
}

resource deployerReader 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(deployer)) {
  name: guid(vault.id, deployer, secretsUser)
  scope: vault
  properties: {
    roleDefinitionId: secretsUser
    principalId: deployer
    principalType: deployerType
  }
}

output id string = vault.id
output uri string = vault.properties.vaultUri
