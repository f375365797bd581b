metadata description = 'What both apps stand on, in one resource group.'

import { namesOf } from 'names.bicep'

param token string
param taskHub string
param location string
param tags object
param encoderHardware string
param privateNetwork bool
param addressPrefix string
param customerManagedKey bool
param storageSku string
param softDeleteDays int
param resultDays int
param schedulerSku string
param schedulerCapacity int
param registrySku string
param logDays int
param logDailyGb int
param oldestJobMinutes int
param contact string
param budget int
param budgetStart string
param principalId string
param principalType string
@secure()
param hostMasterKey string
@secure()
param hostFunctionKey string
@secure()
param hostBlobsKey string
@secure()
param hostDurableKey string

var names = namesOf(token)
var settings = loadJsonContent('../settings.json')

module identityOfJobs 'identity.bicep' = {
  params: { name: names.identityOfJobs, location: location, tags: tags }
}

module identityOfEncoders 'identity.bicep' = {
  params: { name: names.identityOfEncoders, location: location, tags: tags }
}

module identityOfStorage 'identity.bicep' = {
  params: { name: names.identityOfStorage, location: location, tags: tags }
}

var jobs = { name: names.identityOfJobs, principalId: identityOfJobs.outputs.principalId }
var encoders = { name: names.identityOfEncoders, principalId: identityOfEncoders.outputs.principalId }
var apps = [jobs, encoders]

module network 'network.bicep' = if (privateNetwork) {
  params: { name: names.network, location: location, tags: tags, addressPrefix: addressPrefix }
}

module monitoring 'monitoring.bicep' = {
  params: {
    workspaceName: names.workspace
    insightsName: names.insights
    location: location
    tags: tags
    retentionDays: logDays
    dailyQuotaGb: logDailyGb
    senders: apps
  }
}

module vault 'vault.bicep' = {
  params: {
    name: names.vault
    location: location
    tags: tags
    publicNetworkAccess: !privateNetwork
    customerManagedKey: customerManagedKey
    hostName: names.identityOfJobs
    hostPrincipalId: jobs.principalId
    storageName: names.identityOfStorage
    storagePrincipalId: identityOfStorage.outputs.principalId
    deployer: principalId
    deployerType: principalType
    hostMasterKey: hostMasterKey
    hostFunctionKey: hostFunctionKey
    hostBlobsKey: hostBlobsKey
    hostDurableKey: hostDurableKey
  }
}

module storage 'storage.bicep' = {
  params: {
    name: names.storage
    location: location
    tags: tags
    publicNetworkAccess: !privateNetwork
    sku: storageSku
    softDeleteDays: softDeleteDays
    resultDays: resultDays
    settings: settings.both
    customerManagedKey: customerManagedKey
    vaultUri: vault.outputs.uri
    identityId: identityOfStorage.outputs.id
    apps: apps
    deployer: principalId
    deployerType: principalType
  }
}

module registry 'registry.bicep' = {
  params: {
    name: names.registry
    location: location
    tags: tags
    sku: registrySku
    pullers: apps
  }
}

module scheduler 'scheduler.bicep' = {
  params: {
    name: names.scheduler
    taskHubName: taskHub
    location: location
    tags: tags
    publicNetworkAccess: !privateNetwork
    sku: schedulerSku
    capacity: schedulerCapacity
    apps: apps
  }
}

module topic 'topic.bicep' = {
  params: { name: names.topic, location: location, tags: tags, storageId: storage.outputs.id }
}

module environment 'environment.bicep' = {
  params: {
    name: names.environment
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    ownNetwork: privateNetwork
    subnetId: network.?outputs.appsSubnetId ?? ''
    encoderHardware: encoderHardware
  }
}

var zones = [
  { service: 'blob', zone: 'privatelink.blob.${az.environment().suffixes.storage}' }
  { service: 'queue', zone: 'privatelink.queue.${az.environment().suffixes.storage}' }
  { service: 'vault', zone: 'privatelink.vaultcore.azure.net' }
  { service: 'scheduler', zone: 'privatelink.durabletask.io' }
]
var serviceIds = {
  blob: storage.outputs.id
  queue: storage.outputs.id
  vault: vault.outputs.id
  scheduler: scheduler.outputs.id
}

module endpoint 'private-endpoint.bicep' = [
  for entry in zones: if (privateNetwork) {
    params: {
      name: 'pe-${entry.service}-${token}'
      location: location
      tags: tags
      serviceId: serviceIds[entry.service]
      groupId: entry.service
      zoneName: entry.zone
      networkId: network!.outputs.id
      subnetId: network!.outputs.endpointsSubnetId
    }
  }
]

module alerts 'alerts.bicep' = {
  params: {
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    topicId: topic.outputs.id
    contact: contact
    oldestJobMinutes: oldestJobMinutes
  }
}

module spending 'budget.bicep' = if (budget > 0 && !empty(contact)) {
  params: { amount: max(budget, 1), start: budgetStart, contact: contact }
}

output registryEndpoint string = registry.outputs.endpoint
output vaultName string = names.vault
output storageName string = names.storage
