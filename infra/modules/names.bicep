metadata description = 'What the resources of one environment are called.'

@export()
@description('The names of one environment.')
type resourceNames = {
  identityOfJobs: string
  identityOfEncoders: string
  identityOfStorage: string
  storage: string
  vault: string
  registry: string
  environment: string
  scheduler: string
  workspace: string
  insights: string
  topic: string
  network: string
  jobs: string
  encoders: string
}

@export()
@description('Somebody who is given roles. The name, which is known beforehand, makes the names of the assignments.')
type principal = {
  name: string
  principalId: string
}

@export()
@description('The names that follow from a token of lower-case letters and digits, of 13 characters as uniqueString gives them.')
func namesOf(token string) resourceNames => {
  identityOfJobs: 'id-jobs-${token}'
  identityOfEncoders: 'id-encoders-${token}'
  identityOfStorage: 'id-storage-${token}'
  storage: 'st${token}'
  vault: 'kv-${token}'
  registry: 'cr${token}'
  environment: 'cae-${token}'
  scheduler: 'dts-${token}'
  workspace: 'log-${token}'
  insights: 'appi-${token}'
  topic: 'evgt-${token}'
  network: 'vnet-${token}'
  jobs: 'ca-jobs-${token}'
  encoders: 'ca-encoders-${token}'
}
