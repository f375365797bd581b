metadata description = 'The jobs app: triggers, HTTP, the orchestration, fusion and publishing. `azd deploy jobs` deploys it with its image.'

import { namesOf } from 'modules/names.bicep'
import { hostVariables, variablesOf, withoutFunctions } from 'modules/settings.bicep'

param location string = resourceGroup().location
param environmentName string

@description('As main.bicep put it out.')
param token string

@description('As main.bicep was given it.')
param taskHub string = 'jobs'

param image string

@description('0: nothing runs, and nothing is paid for, while there is nothing to do; the first event or request waits for a replica. 1: one always runs.')
@minValue(0)
param minimumReplicas int = 0

@minValue(1)
@maxValue(300)
param maximumReplicas int = 10

@description('How many activities of fusion and publishing a replica works on at once.')
@minValue(1)
param concurrency int = 32

@description('Cores of a replica; it gets twice as many GiB of memory.')
@allowed(['0.5', '1', '2', '4'])
param cores string = '2'

var names = namesOf(token)
var functions = loadJsonContent('functions.json')
var settings = loadJsonContent('settings.json')
var port = 8080
var memory = { '0.5': '1Gi', '1': '2Gi', '2': '4Gi', '4': '8Gi' }

// Each key is a file, named as the host wants it; the names of secrets know no dots.
var keys = [
  { name: 'host-master', path: 'host.master' }
  { name: 'host-function-default', path: 'host.function.default' }
  { name: 'host-systemkey-blobs', path: 'host.systemKey.blobs_extension' }
  { name: 'host-systemkey-durabletask', path: 'host.systemKey.durabletask_extension' }
]

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: names.identityOfJobs
}

resource environment 'Microsoft.App/managedEnvironments@2026-01-01' existing = {
  name: names.environment
}

resource registry 'Microsoft.ContainerRegistry/registries@2025-11-01' existing = {
  name: names.registry
}

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' existing = {
  name: names.vault
}

resource scheduler 'Microsoft.DurableTask/schedulers@2026-02-01' existing = {
  name: names.scheduler
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: names.insights
}

// No scale rules: the platform makes them of the triggers, and refuses others for an app of this kind.
resource jobs 'Microsoft.App/containerApps@2026-01-01' = {
  name: names.jobs
  location: location
  kind: 'functionapp'
  tags: { 'azd-env-name': environmentName, 'azd-service-name': 'jobs' }
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identity.id}': {} } }
  properties: {
    managedEnvironmentId: environment.id
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      maxInactiveRevisions: 5
      ingress: {
        external: true
        targetPort: port
        transport: 'auto'
        allowInsecure: false
        traffic: [{ latestRevision: true, weight: 100 }]
      }
      registries: [{ server: registry.properties.loginServer, identity: identity.id }]
      secrets: map(keys, key => {
        name: key.name
        keyVaultUrl: '${vault.properties.vaultUri}secrets/${key.name}'
        identity: identity.id
      })
    }
    template: {
      terminationGracePeriodSeconds: 120
      containers: [
        {
          name: 'jobs'
          image: image
          resources: { cpu: json(cores), memory: memory[cores] }
          env: concat(
            hostVariables({
              hostId: 'multimodal-jobs'
              storageAccount: names.storage
              clientId: identity.properties.clientId
              schedulerEndpoint: scheduler.properties.endpoint
              taskHub: taskHub
              insightsConnection: insights.properties.ConnectionString
              concurrency: concurrency
            }),
            [{ name: 'AzureWebJobsSecretStorageType', value: 'containerapp' }],
            variablesOf(settings.both),
            variablesOf(settings.jobs),
            withoutFunctions(functions.encoders)
          )
          volumeMounts: [{ volumeName: 'functions-keys', mountPath: '/run/secrets/functions-keys' }]
          probes: [
            {
              type: 'Startup'
              httpGet: { path: '/api/health/live', port: port }
              periodSeconds: 5
              timeoutSeconds: 5
              failureThreshold: 60
            }
            {
              type: 'Liveness'
              httpGet: { path: '/api/health/live', port: port }
              periodSeconds: 30
              timeoutSeconds: 10
              failureThreshold: 4
            }
            {
              type: 'Readiness'
              httpGet: { path: '/api/health/ready', port: port }
              periodSeconds: 30
              timeoutSeconds: 30
              failureThreshold: 3
            }
          ]
        }
      ]
      volumes: [
        {
          name: 'functions-keys'
          storageType: 'Secret'
          secrets: map(keys, key => { secretRef: key.name, path: key.path })
        }
      ]
      scale: { minReplicas: minimumReplicas, maxReplicas: maximumReplicas }
    }
  }
}

// After the app: Event Grid asks it whether it wants these events, and it must answer.
module events 'modules/upload-events.bicep' = {
  params: {
    topicName: names.topic
    hostName: jobs.properties.configuration.ingress.fqdn
    key: vault.getSecret('host-systemkey-blobs')
  }
}

output JOBS_URL string = 'https://${jobs.properties.configuration.ingress.fqdn}'
