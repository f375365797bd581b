metadata description = 'Tells before the money is spent. A budget stops nothing by itself.'

@description('A month\'s bound, in the currency of the subscription.')
@minValue(1)
param amount int

@description('The first of a month; later deployments must send the same.')
param start string

param contact string

resource budget 'Microsoft.Consumption/budgets@2026-06-01' = {
  name: 'monthly'
  properties: {
    category: 'Cost'
    amount: amount
    timeGrain: 'Monthly'
    timePeriod: { startDate: start }
    notifications: {
      half: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 50
        thresholdType: 'Actual'
        contactEmails: [contact]
      }
      forecast: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 100
        thresholdType: 'Forecasted'
        contactEmails: [contact]
      }
    }
  }
}
