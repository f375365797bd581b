metadata description = 'Everything but the two apps, which are deployed with their images: see jobs.bicep and encoders.bicep.'

targetScope = 'subscription'

@description('What azd calls this environment; part of the names of the group and the tags.')
@minLength(1)
@maxLength(40)
param environmentName string

@description('The region. It must have Container Apps, the Durable Task Scheduler and, unless encoders run on processors, serverless GPUs.')
param location string

@description('What the encoders run on.')
@allowed(['cpu', 't4', 'a100'])
param encoderHardware string = 't4'

@description('Whether storage, vault and scheduler are reached through private endpoints only. Who uploads or deploys must then be within the network.')
param privateNetwork bool = false

@description('The address space of the virtual network, where there is one; at least a /24.')
param addressPrefix string = '10.90.0.0/24'

@description('Whether the storage account is encrypted with a key of our own. The vault then stays for seven days after it was deleted.')
param customerManagedKey bool = false

@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param storageSku string = 'Standard_LRS'

@description('How long what was deleted can be brought back, in days. What is erased is gone after as many days: 0 where that must be at once.')
@minValue(0)
@maxValue(365)
param softDeleteDays int = 7

@description('How long results are kept, in days; 0: for good.')
@minValue(0)
param resultDays int = 0

@description('Consumption: by the action, 500 a second at most. Dedicated: by the capacity unit, 2,000 actions a second each.')
@allowed(['Consumption', 'Dedicated'])
param schedulerSku string = 'Consumption'

@minValue(1)
param schedulerCapacity int = 1

@description('The task hub. A new name begins with an empty one, which a change of the orchestration may need: see "Upgrade" in infra/README.md.')
param taskHub string = 'jobs'

@allowed(['Basic', 'Standard', 'Premium'])
param registrySku string = 'Basic'

@minValue(30)
@maxValue(730)
param logDays int = 30

@description('The most telemetry that is taken in a day, in GB; -1 for no bound.')
param logDailyGb int = 1

@description('How long a job may be open, in minutes, before an alert is raised.')
@minValue(30)
param oldestJobMinutes int = 60

@description('Who is told of alerts and of the budget, by mail; empty: nobody.')
param contact string = ''

@description('The budget of a month, in the currency of the subscription; 0, or no contact: none.')
@minValue(0)
param budget int = 0

@description('The first of the month in which the budget begins. The default moves on: fix it once the budget is there.')
param budgetStart string = utcNow('yyyy-MM-01')

@description('Who deploys; may then use uploads and results, and reads the host\'s keys again. azd fills it in; empty: nobody.')
param principalId string = ''

@allowed(['User', 'ServicePrincipal', 'Group'])
param principalType string = 'User'

@description('The host\'s keys. azd draws them at random at the first deployment, and reads them from the vault later.')
@secure()
@minLength(15)
param hostMasterKey string
@secure()
@minLength(15)
param hostFunctionKey string
@secure()
@minLength(15)
param hostBlobsKey string
@secure()
@minLength(15)
param hostDurableKey string

var tags = { 'azd-env-name': environmentName }
var token = uniqueString(subscription().id, environmentName, location)

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module platform 'modules/platform.bicep' = {
  scope: group
  params: {
    token: token
    taskHub: taskHub
    location: location
    tags: tags
    encoderHardware: encoderHardware
    privateNetwork: privateNetwork
    addressPrefix: addressPrefix
    customerManagedKey: customerManagedKey
    storageSku: storageSku
    softDeleteDays: softDeleteDays
    resultDays: resultDays
    schedulerSku: schedulerSku
    schedulerCapacity: schedulerCapacity
    registrySku: registrySku
    logDays: logDays
    logDailyGb: logDailyGb
    oldestJobMinutes: oldestJobMinutes
    contact: contact
    budget: budget
    budgetStart: budgetStart
    principalId: principalId
    principalType: principalType
    hostMasterKey: hostMasterKey
    hostFunctionKey: hostFunctionKey
    hostBlobsKey: hostBlobsKey
    hostDurableKey: hostDurableKey
  }
}

output AZURE_RESOURCE_GROUP string = group.name
output AZURE_CONTAINER_REGISTRY_ENDPOINT string = platform.outputs.registryEndpoint
output AZURE_KEY_VAULT_NAME string = platform.outputs.vaultName
output AZURE_STORAGE_ACCOUNT string = platform.outputs.storageName
output RESOURCE_TOKEN string = token
