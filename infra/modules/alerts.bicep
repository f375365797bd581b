metadata description = 'What somebody should look at: uploads given up, failures, jobs that stay open, events that were dropped, replicas that do not start.'

param location string
param tags object
param workspaceId string
param topicId string

@description('Who is told by mail; empty: nobody, the alerts only stand in the portal.')
param contact string

@description('How long a job may be open, in minutes, before somebody is told.')
@minValue(30)
param oldestJobMinutes int

// The words are those of the app's log; a test holds them together.
var queries = [
  {
    name: 'poisoned-uploads'
    severity: 2
    description: 'An upload failed at every attempt; its job went on without it. See "The poison queue" in infra/README.md.'
    query: 'AppTraces | where Message has "failed at every attempt" | summarize Count = count() by bin(TimeGenerated, 15m)'
    measure: 'Count'
    threshold: 0
  }
  {
    name: 'failures'
    severity: 2
    description: 'Functions failed more than 20 times in a quarter of an hour.'
    query: 'AppRequests | where Success == false | summarize Count = count() by bin(TimeGenerated, 15m)'
    measure: 'Count'
    threshold: 20
  }
  {
    name: 'oldest-job'
    severity: 2
    description: 'A job has been open for longer than it should be.'
    query: 'AppTraces | where Message has "was open for long" | extend Job = coalesce(tostring(Properties.JobId), extract(@"Job (\\S+), revision", 1, Message)), Revision = coalesce(tostring(Properties.Revision), extract(@"revision (\\d+)", 1, Message)) | summarize First = min(TimeGenerated), Last = max(TimeGenerated) by Job, Revision | where Last > ago(2h) | summarize OldestMinutes = max(datetime_diff("minute", Last, First))'
    measure: 'OldestMinutes'
    threshold: oldestJobMinutes
  }
  {
    name: 'replicas-that-do-not-start'
    severity: 2
    description: 'A replica was not given a machine, did not get its image or did not pass its first probe. For GPUs see "When no GPU starts" in infra/README.md.'
    query: 'ContainerAppSystemLogs | where Reason in ("AssigningReplicaFailed", "ImagePullFailure", "ImagePullBackOff", "ProbeFailed") | summarize Count = count() by bin(TimeGenerated, 15m)'
    measure: 'Count'
    threshold: 10
  }
]

resource group 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(contact)) {
  name: 'operators'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'operators'
    emailReceivers: [
      { name: 'operators', emailAddress: contact, useCommonAlertSchema: true }
    ]
  }
}

resource alert 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = [
  for rule in queries: {
    name: rule.name
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: rule.name
      description: rule.description
      severity: rule.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: 'PT15M'
      windowSize: rule.name == 'oldest-job' ? 'P1D' : 'PT15M'
      // A table comes into being with its first row, which is after this.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: rule.query
            metricMeasureColumn: rule.measure
            timeAggregation: 'Maximum'
            operator: 'GreaterThan'
            threshold: rule.threshold
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      autoMitigate: true
      actions: { actionGroups: empty(contact) ? [] : [group.id] }
    }
  }
]

resource dropped 'Microsoft.Insights/metricAlerts@2026-01-01' = {
  name: 'dropped-events'
  location: 'global'
  tags: tags
  properties: {
    description: 'Event Grid gave up telling of uploads. The app finds them by itself, a quarter of an hour later; see whether it answers.'
    severity: 3
    enabled: true
    scopes: [topicId]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'dropped'
          criterionType: 'StaticThresholdCriterion'
          metricName: 'DroppedEventCount'
          metricNamespace: 'Microsoft.EventGrid/systemTopics'
          operator: 'GreaterThan'
          threshold: 0
          timeAggregation: 'Total'
        }
      ]
    }
    actions: empty(contact) ? [] : [{ actionGroupId: group.id }]
  }
}
