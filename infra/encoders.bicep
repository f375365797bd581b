metadata description = 'The encoders app: images, texts and recordings to embeddings, on GPUs or processors. `azd deploy encoders` deploys it with its image.'

import { namesOf } from 'modules/names.bicep'
import { hostVariables, variablesOf, withoutFunctions } from 'modules/settings.bicep'

param location string = resourceGroup().location
param environmentName string

@description('As main.bicep put it out.')
param token string

@description('As main.bicep was given it.')
param taskHub string = 'jobs'

param image string

@description('What the encoders run on: the workload profile, the size of a replica and its settings follow from it.')
@allowed(['cpu', 't4', 'a100'])
param hardware string = 't4'

@description('0: no GPU is held, and none is paid for, while there is nothing to encode. 1: one always is, and no job waits for the first.')
@minValue(0)
param minimumReplicas int = 0

@description('Each has a GPU of its own; the quota of the subscription bounds them.')
@minValue(1)
@maxValue(300)
param maximumReplicas int = 4

@description('How many activities a replica works on at once, and how many that wait ask for one more. 0: twice what its encoder runs at once, so that the next batch is there when one ends.')
@minValue(0)
param concurrency int = 0

@description('How long a replica without work is kept, in seconds.')
@minValue(0)
param idleSeconds int = 300

var names = namesOf(token)
var functions = loadJsonContent('functions.json')
var settings = loadJsonContent('settings.json')
var port = 8080

// GPU profiles give all of a machine to its one replica.
var sizes = {
  cpu: { profile: 'Consumption', cores: 4, memory: '8Gi' }
  t4: { profile: 'gpu', cores: 8, memory: '56Gi' }
  a100: { profile: 'gpu', cores: 24, memory: '220Gi' }
}
var size = sizes[hardware]
var encoderSettings = hardware == 'cpu' ? settings.encoders.cpu : settings.encoders.gpu
var atOnce = concurrency > 0
  ? concurrency
  : 2 * int(encoderSettings.Onnx__MaximumBatch) * int(encoderSettings.Onnx__ConcurrentRuns)

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: names.identityOfEncoders
}

resource environment 'Microsoft.App/managedEnvironments@2026-01-01' existing = {
  name: names.environment
}

resource registry 'Microsoft.ContainerRegistry/registries@2025-11-01' existing = {
  name: names.registry
}

resource scheduler 'Microsoft.DurableTask/schedulers@2026-02-01' existing = {
  name: names.scheduler
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: names.insights
}

// A plain container app on purpose. With kind 'functionapp' the platform would make scale rules of every trigger in the image, those of
// disabled functions too, and its timers would start a GPU every quarter of an hour. Here activities that wait are the only reason to run.
resource encoders 'Microsoft.App/containerApps@2026-01-01' = {
  name: names.encoders
  location: location
  tags: { 'azd-env-name': environmentName, 'azd-service-name': 'encoders' }
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identity.id}': {} } }
  properties: {
    managedEnvironmentId: environment.id
    workloadProfileName: size.profile
    configuration: {
      activeRevisionsMode: 'Single'
      maxInactiveRevisions: 5
      registries: [{ server: registry.properties.loginServer, identity: identity.id }]
    }
    template: {
      terminationGracePeriodSeconds: 120
      containers: [
        {
          name: 'encoders'
          image: image
          resources: { cpu: size.cores, memory: size.memory }
          env: concat(
            hostVariables({
              hostId: 'multimodal-encoders'
              storageAccount: names.storage
              clientId: identity.properties.clientId
              schedulerEndpoint: scheduler.properties.endpoint
              taskHub: taskHub
              insightsConnection: insights.properties.ConnectionString
              concurrency: atOnce
            }),
            // Nobody can call it, so its keys need not outlive a replica.
            [{ name: 'AzureWebJobsSecretStorageType', value: 'files' }],
            variablesOf(settings.both),
            variablesOf(encoderSettings),
            withoutFunctions(functions.jobs)
          )
          probes: [
            {
              type: 'Startup'
              httpGet: { path: '/api/health/live', port: port }
              periodSeconds: 10
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
          ]
        }
      ]
      scale: {
        minReplicas: minimumReplicas
        maxReplicas: maximumReplicas
        pollingInterval: 10
        cooldownPeriod: idleSeconds
        rules: [
          {
            name: 'activities'
            custom: {
              type: 'azure-durabletask-scheduler'
              identity: identity.id
              metadata: {
                endpoint: scheduler.properties.endpoint
                taskhubName: taskHub
                workItemType: 'Activity'
                maxConcurrentWorkItemsCount: string(atOnce)
              }
            }
          }
        ]
      }
    }
  }
}

output ENCODERS_NAME string = encoders.name
