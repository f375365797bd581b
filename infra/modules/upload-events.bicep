metadata description = 'Tells the blob triggers of uploads. The host answers Event Grid\'s handshake, so it must run before this is deployed.'

param topicName string

@description('Where the jobs app answers.')
param hostName string

@description('The host\'s key for calls of its blob extension.')
@secure()
param key string

var triggers = [
  {
    function: 'PreprocessUpload'
    advancedFilters: [
      { operatorType: 'StringNotEndsWith', key: 'subject', values: ['/job.json'] }
    ]
  }
  {
    function: 'StartJob'
    advancedFilters: [
      { operatorType: 'StringEndsWith', key: 'subject', values: ['/job.json'] }
    ]
  }
]

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = {
  name: topicName
}

@batchSize(1)
resource subscription 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = [
  for trigger in triggers: {
    parent: topic
    name: toLower(trigger.function)
    properties: {
      eventDeliverySchema: 'EventGridSchema'
      destination: {
        endpointType: 'WebHook'
        properties: {
          // The linter does not see that what is put together of a secure parameter is secure.
          #disable-next-line use-secure-value-for-secure-inputs
          endpointUrl: 'https://${hostName}/runtime/webhooks/blobs?functionName=Host.Functions.${trigger.function}&code=${key}'
          minimumTlsVersionAllowed: '1.2'
          maxEventsPerBatch: 1
        }
      }
      filter: {
        includedEventTypes: ['Microsoft.Storage.BlobCreated']
        subjectBeginsWith: '/blobServices/default/containers/uploads/blobs/'
        isSubjectCaseSensitive: true
        advancedFilters: trigger.advancedFilters
      }
      // What is not delivered in a day is found by the app's own sweep, every quarter of an hour.
      retryPolicy: { eventTimeToLiveInMinutes: 1440, maxDeliveryAttempts: 30 }
    }
  }
]
