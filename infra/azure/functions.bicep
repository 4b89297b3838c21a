// The Functions app on Flex Consumption, and every setting the bot reads (bot/settings.ts).
param location string
param tags object
param token string
param nodeVersion string
param alwaysReady int
param identityId string
param clientId string
param storageName string
param packageContainer string
param insightsName string
param keyVaultUrl string
param signingKey string
param sealSecret string
param helpdeskGroup string
param rules string
param limits string
param managerChanged string
param emergencyAccounts string
param linkedAccounts string
param adminPattern string
param attestationRoots string
param unattested string
param passMinutes string
param pim string
param containment string
param mailbox string
param freezeBlocksSignIn string
param outer string
param language string
param helpdeskChannels string

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: storageName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: 'plan-keyvouch-${token}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: 'func-keyvouch-${token}'
  location: location
  tags: union(tags, { 'azd-service-name': 'functions' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    siteConfig: { minTlsVersion: '1.2' }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${account.properties.primaryEndpoints.blob}${packageContainer}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: { name: 'node', version: nodeVersion }
      scaleAndConcurrency: {
        instanceMemoryMB: 2048
        maximumInstanceCount: 40
        alwaysReady: alwaysReady == 0 ? [] : [{ name: 'http', instanceCount: alwaysReady }]
      }
    }
  }
}

// Deployment goes through Entra: no passwords for FTP or for the deployment site.
resource passwords 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = [
  for way in ['ftp', 'scm']: {
    parent: app
    name: way
    properties: { allow: false }
  }
]

// Apart from the app itself, because the bot has to know the app's own address.
resource settings 'Microsoft.Web/sites/config@2024-04-01' = {
  parent: app
  name: 'appsettings'
  properties: {
    AzureWebJobsStorage__credential: 'managedidentity'
    AzureWebJobsStorage__clientId: clientId
    AzureWebJobsStorage__blobServiceUri: account.properties.primaryEndpoints.blob
    AzureWebJobsStorage__queueServiceUri: account.properties.primaryEndpoints.queue
    AzureWebJobsStorage__tableServiceUri: account.properties.primaryEndpoints.table
    APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${clientId};Authorization=AAD'
    AZURE_CLIENT_ID: clientId
    KEYVOUCH_TENANT_ID: tenant().tenantId
    KEYVOUCH_APP_ID: clientId
    KEYVOUCH_APP_TYPE: 'UserAssignedMSI'
    KEYVOUCH_PUBLIC_URL: 'https://${app.properties.defaultHostName}'
    KEYVOUCH_TABLES_URL: account.properties.primaryEndpoints.table
    KEYVOUCH_KEY_VAULT_URL: keyVaultUrl
    KEYVOUCH_SIGNING_KEY: signingKey
    KEYVOUCH_SEAL_SECRET: sealSecret
    KEYVOUCH_HELPDESK_GROUP: helpdeskGroup
    KEYVOUCH_RULES: rules
    KEYVOUCH_LIMITS: limits
    KEYVOUCH_MANAGER_CHANGED: managerChanged
    KEYVOUCH_EMERGENCY_ACCOUNTS: emergencyAccounts
    KEYVOUCH_LINKED_ACCOUNTS: linkedAccounts
    KEYVOUCH_ADMIN_PATTERN: adminPattern
    KEYVOUCH_ATTESTATION_ROOTS: attestationRoots
    KEYVOUCH_UNATTESTED: unattested
    KEYVOUCH_PASS_MINUTES: passMinutes
    KEYVOUCH_PIM: pim
    KEYVOUCH_CONTAINMENT: containment
    KEYVOUCH_MAILBOX: mailbox
    KEYVOUCH_FREEZE_BLOCKS_SIGN_IN: freezeBlocksSignIn
    KEYVOUCH_OUTER: outer
    KEYVOUCH_LANGUAGE: language
    KEYVOUCH_HELPDESK_CHANNELS: helpdeskChannels
  }
}

output publicUrl string = 'https://${app.properties.defaultHostName}'
