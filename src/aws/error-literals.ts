// What the parser of AWS errors looks at: a text without any of these holds no AWS error.

/**
 * Every layout holds one of these, as it is written here; most records hold none. Without blanks, since text may be broken
 * at any: Java's own network exceptions stand here instead of the words about AWS beside them, and `code:` for the plug-in's
 * words about a bare status.
 */
export const AWS_ERROR_LITERALS = [
  'AmazonClientException',
  'AmazonServiceException',
  'ConnectException',
  'ConnectTimeoutException',
  'NoRouteToHostException',
  'SSLHandshakeException',
  'SSLPeerUnverifiedException',
  'Service:',
  'SocketTimeoutException',
  'UnknownHostException',
  'UnresolvedAddressException',
  'amazonaws',
  'awssdk',
  'code:',
] as const;
