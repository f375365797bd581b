metadata description = 'The settings of the Functions app, and how both apps are given them.'

@export()
@sealed()
@description('Every setting of the app that a deployment may choose; what is absent keeps the default of the app. All are strings, as variables are.')
type appSettings = {
  @description('The pipeline of jobs that name none.')
  Pipeline__Default: string?
  @description('The model repository; the images set it to /models.')
  Models__Folder: string?
  @description('The folder of the public keys whose signatures of pipelines are taken, and of the list of what is revoked.')
  Models__TrustedKeys: string?
  @description('none or require: whether pipelines that no trusted key signed are refused.')
  Models__RequireSignature: string?
  @description('imagesharp or vips.')
  Imaging__Decoder: string?
  @description('Order in which tensorrt, cuda and cpu are tried.')
  Onnx__ExecutionProviders: string?
  Onnx__MaximumBatch: string?
  Onnx__ConcurrentRuns: string?
  Onnx__IntraOpThreads: string?
  Onnx__MaximumDelayMilliseconds: string?
  Onnx__MaximumPaddingShare: string?
  Onnx__QueueLimit: string?
  Onnx__MemoryBudgetBytes: string?
  Onnx__MemoryLimitBytes: string?
  Onnx__IdleMinutes: string?
  Onnx__Threads: string?
  Onnx__MaximumWaitSeconds: string?
  @description('What single pipelines may take, as: clip-vit: Threads=2, MemoryBytes=600000000; digits: Share=3')
  Onnx__Pipelines: string?
  Onnx__BulkPatienceMilliseconds: string?
  Onnx__WarmUp: string?
  Onnx__TuningFolder: string?
  Onnx__GraphFolder: string?
  Onnx__FillBatches: string?
  Onnx__BindMemory: string?
  Onnx__TensorRtHalfPrecision: string?
  Onnx__DeviceId: string?
  @description('remove, pseudonym or off: what takes the place of personal data in what is stored of texts.')
  Masking__Mode: string?
  @description('The kinds that are masked, with commas between; all where it is absent.')
  Masking__Kinds: string?
  @description('Countries whose telephone numbers are known as they are written within them, with commas between: DE,US.')
  Masking__Regions: string?
  @description('Patterns of one\'s own: a JSON object of names and regular expressions.')
  Masking__Patterns: string?
  @description('The key of pseudonyms, 32 bytes or more in Base64; best a reference to a Key Vault secret.')
  Masking__Key: string?
  @description('A file that holds the key.')
  Masking__KeyFile: string?
  @description('true: encoders see masked texts too.')
  Masking__BeforeEncoding: string?
  @description('The declaration of a detector whose regions are blurred in previews.')
  Previews__Detector: string?
  Limits__MaximumBytes: string?
  Limits__MaximumTextBytes: string?
  Limits__MaximumPixels: string?
  Limits__MaximumSide: string?
  Limits__MaximumFrames: string?
  Limits__MaximumSeconds: string?
  @description('A key file that is mounted into the app; with it, or with a key of a vault, everything that is stored is encrypted first.')
  Encryption__KeyFile: string?
  @description('An RSA key of a key vault, https://VAULT/keys/NAME. The app identity needs the role Key Vault Crypto User on it.')
  Encryption__KeyVaultKey: string?
  Retention__UploadDays: string?
  Retention__FeatureDays: string?
  Retention__EmbeddingDays: string?
  Retention__QuarantineDays: string?
  Retention__ResultDays: string?
  Retention__RecordDays: string?
  Retention__IndexDays: string?
  Retention__BatchDays: string?
  Retention__TombstoneDays: string?
  Retention__HistoryDays: string?
  @description('The containers that batches may read, divided by commas; none turns batches off.')
  Batches__Containers: string?
  @description('Where traces and metrics go besides Application Insights.')
  OTEL_EXPORTER_OTLP_ENDPOINT: string?
  @description('Which traces are kept, as OpenTelemetry names it; all where it is absent.')
  OTEL_TRACES_SAMPLER: string?
}

@export()
@description('One variable of a container.')
type variable = {
  name: string
  value: string
}

@export()
@description('What the apps of one environment have in common.')
type appHost = {
  @description('Tells the host apart from others on the same storage account: its locks, and the queue between its webhook and its triggers.')
  hostId: string
  storageAccount: string
  @description('Of the app\'s own identity.')
  clientId: string
  schedulerEndpoint: string
  taskHub: string
  insightsConnection: string
  @description('How many activities one replica works on at once.')
  concurrency: int
}

@export()
@description('Settings as variables.')
func variablesOf(settings appSettings) variable[] =>
  map(items(settings), setting => { name: setting.key, value: setting.?value ?? '' })

@export()
@description('What the host itself is told: its storage, its task hub, where telemetry goes. No value is a secret: every connection names an identity.')
func hostVariables(host appHost) variable[] => [
  { name: 'AzureFunctionsWebHost__hostid', value: host.hostId }
  { name: 'AzureWebJobsStorage__accountName', value: host.storageAccount }
  { name: 'AzureWebJobsStorage__credential', value: 'managedidentity' }
  { name: 'AzureWebJobsStorage__clientId', value: host.clientId }
  { name: 'TASKHUB_NAME', value: host.taskHub }
  {
    name: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'
    value: 'Endpoint=${host.schedulerEndpoint};Authentication=ManagedIdentity;ClientID=${host.clientId}'
  }
  {
    name: 'AzureFunctionsJobHost__extensions__durableTask__maxConcurrentActivityFunctions'
    value: string(host.concurrency)
  }
  { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: host.insightsConnection }
  { name: 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING', value: 'Authorization=AAD;ClientId=${host.clientId}' }
]

@export()
@description('Takes functions away from an app. With underscores: a variable of Linux must not have dots, and the host reads both.')
func withoutFunctions(names string[]) variable[] =>
  map(names, function => { name: 'AzureWebJobs_${function}_Disabled', value: 'true' })
