using './jobs.bicep'

// azd sets the first three and the image; the others by `azd env set NAME VALUE`.
param location = readEnvironmentVariable('AZURE_LOCATION')
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME')
param token = readEnvironmentVariable('RESOURCE_TOKEN')
param taskHub = readEnvironmentVariable('TASK_HUB', 'jobs')
param image = readEnvironmentVariable('SERVICE_JOBS_IMAGE_NAME')
param minimumReplicas = int(readEnvironmentVariable('JOBS_MINIMUM_REPLICAS', '0'))
param maximumReplicas = int(readEnvironmentVariable('JOBS_MAXIMUM_REPLICAS', '10'))
param concurrency = int(readEnvironmentVariable('JOBS_CONCURRENCY', '32'))
param cores = readEnvironmentVariable('JOBS_CORES', '2')
