metadata description = 'The Container Apps environment with its workload profiles.'

param name string
param location string
param tags object
param workspaceId string

@description('Whether the apps are in a network of our own, or in one of the platform.')
param ownNetwork bool
param subnetId string

@description('What the encoders run on.')
@allowed(['cpu', 't4', 'a100'])
param encoderHardware string

var gpuProfiles = {
  t4: 'Consumption-GPU-NC8as-T4'
  a100: 'Consumption-GPU-NC24-A100'
}
var profiles = concat(
  [{ name: 'Consumption', workloadProfileType: 'Consumption' }],
  encoderHardware == 'cpu' ? [] : [{ name: 'gpu', workloadProfileType: gpuProfiles[encoderHardware] }]
)

resource environment 'Microsoft.App/managedEnvironments@2026-01-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    // By diagnostic settings below: the other way would take a key of the workspace.
    appLogsConfiguration: { destination: 'azure-monitor' }
    workloadProfiles: profiles
    vnetConfiguration: ownNetwork ? { infrastructureSubnetId: subnetId, internal: false } : null
    peerAuthentication: { mtls: { enabled: false } }
    peerTrafficConfiguration: { encryption: { enabled: true } }
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'logs'
  scope: environment
  properties: {
    workspaceId: workspaceId
    logs: [
      { categoryGroup: 'allLogs', enabled: true }
    ]
  }
}
