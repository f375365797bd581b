using './encoders.bicep'

// azd sets the first three and the image; the others by `azd env set NAME VALUE`.
param location = readEnvironmentVariable('AZURE_LOCATION')
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME')
param token = readEnvironmentVariable('RESOURCE_TOKEN')
param taskHub = readEnvironmentVariable('TASK_HUB', 'jobs')
param image = readEnvironmentVariable('SERVICE_ENCODERS_IMAGE_NAME')
param hardware = readEnvironmentVariable('ENCODER_HARDWARE', 't4')
param minimumReplicas = int(readEnvironmentVariable('ENCODERS_MINIMUM_REPLICAS', '0'))
param maximumReplicas = int(readEnvironmentVariable('ENCODERS_MAXIMUM_REPLICAS', '4'))
param concurrency = int(readEnvironmentVariable('ENCODERS_CONCURRENCY', '0'))
param idleSeconds = int(readEnvironmentVariable('ENCODERS_IDLE_SECONDS', '300'))
