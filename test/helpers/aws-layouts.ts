// Writes AWS errors the way each SDK generation does: a second opinion on the parser, made from the layouts.

export interface Fault {
  readonly code: string;
  readonly message: string;
  readonly status: number;
  readonly v1: string;
  readonly v2: string;
  /** The v1 and v2 packages of the service's exceptions. */
  readonly v1Class: string;
  readonly v2Class: string;
  readonly requestId: string;
}

export type Layout = (fault: Fault) => string;

export const V1_LAYOUTS: Readonly<Record<string, Layout>> = {
  A: (f) =>
    `${f.v1Class}: ${f.message} (Service: ${f.v1}; Status Code: ${f.status}; Error Code: ${f.code}; Request ID: ${f.requestId})`,
  B: (f) =>
    `${f.v1Class}: ${f.message} (Service: ${f.v1}; Status Code: ${f.status}; Error Code: ${f.code}; Request ID: ${f.requestId}; Proxy: null)`,
  'B, behind a proxy': (f) =>
    `${f.v1Class}: ${f.message} (Service: ${f.v1}; Status Code: ${f.status}; Error Code: ${f.code}; Request ID: ${f.requestId}; Proxy: proxy.corp:3128)`,
  'S-old': (f) =>
    `${f.v1Class}: ${f.message} (Service: ${f.v1}; Status Code: ${f.status}; Error Code: ${f.code}; Request ID: ${f.requestId}), S3 Extended Request ID: abc/def+ghi=`,
  S: (f) =>
    `${f.v1Class}: ${f.message} (Service: ${f.v1}; Status Code: ${f.status}; Error Code: ${f.code}; Request ID: ${f.requestId}; S3 Extended Request ID: abc/def+ghi=; Proxy: null), S3 Extended Request ID: abc/def+ghi=`,
  L: (f) =>
    `${f.v1Class}: Status Code: ${f.status}, AWS Service: ${f.v1}, AWS Request ID: ${f.requestId}, AWS Error Code: ${f.code}, AWS Error Message: ${f.message}`,
  'L without a class': (f) =>
    `Status Code: ${f.status}, AWS Service: ${f.v1}, AWS Request ID: ${f.requestId}, AWS Error Code: ${f.code}, AWS Error Message: ${f.message}`,
};

export const V2_LAYOUTS: Readonly<Record<string, Layout>> = {
  V1: (f) =>
    `${f.v2Class}: ${f.message} (Service: ${f.v2}, Status Code: ${f.status}, Request ID: ${f.requestId})`,
  V2: (f) =>
    `${f.v2Class}: ${f.message} (Service: ${f.v2}, Status Code: ${f.status}, Request ID: ${f.requestId}, Extended Request ID: null)`,
  V3: (f) =>
    `${f.v2Class}: ${f.message} (Service: ${f.v2}, Status Code: ${f.status}, Request ID: ${f.requestId}, Extended Request ID: abc/def+ghi=)`,
  V4: (f) =>
    `${f.v2Class}: ${f.message} (Service: ${f.v2}, Status Code: ${f.status}, Request ID: ${f.requestId}) (SDK Attempt Count: 1)`,
};

export type Wrapper = (error: string) => string;

export const WRAPPERS: Readonly<Record<string, Wrapper>> = {
  'as the plugin logs it': (e) =>
    `AWSPluginConfigHandler: Failed to connect AWS region: Http status code: 403: ${e}`,
  'with frames': (e) =>
    `AWSPluginConfigHandler: Failed: ${e}\n\tat com.amazonaws.http.AmazonHttpClient$RequestExecutor.handleErrorResponse(AmazonHttpClient.java:1879)\n\tat deployment.x.war//com.ca.oc.A.b(A.java:403)\n`,
  'as a cause': (e) =>
    `AWSPluginConfigHandler: Failed: java.lang.RuntimeException: no account\n\tat a.b.C.d(C.java:1)\nCaused by: ${e}\n\tat a.b.C.e(C.java:2)\n\t... 14 more\n`,
  'as a cause that the wrapper repeats': (e) =>
    `AWSPluginConfigHandler: Failed: java.io.IOException: ${e}\n\tat a.b.C.d(C.java:1)\nCaused by: ${e}\n\t... 3 more\n`,
  'as Spring nests it': (e) =>
    `Failed: org.springframework.beans.BeanInstantiationException: Failed to instantiate [a.B]; nested exception is ${e}`,
  'with a suppressed error of another kind': (e) =>
    `Failed: ${e}\n\tat a.b.C.d(C.java:1)\n\tSuppressed: com.amazonaws.AmazonServiceException: Rate exceeded (Service: AmazonEC2; Status Code: 503; Error Code: RequestLimitExceeded; Request ID: z)\n\t\tat a.b.C.e(C.java:2)\n\tCaused by: com.amazonaws.SdkClientException: Unable to execute HTTP request: x\n`,
  'folded at every blank': (e) => `Failed: ${e}`.split(' ').join('\n  '),
  'folded with CR': (e) => `Failed: ${e}`.replaceAll(' (', ' (\r\n').replaceAll('; ', ';\r\n\t'),
  quoted: (e) => `Resource handler returned message: "${e}" (RequestToken: 139ad70a)`,
};
