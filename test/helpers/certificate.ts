// A key and a certificate that nobody has reason to trust but who is told so, made by openssl.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

export function makeCertificate(
  folder: string,
  host: string,
): { readonly key: string; readonly certificate: string } {
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', certificate],
      ...['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`],
    ],
    { stdio: 'ignore' },
  );
  return { key, certificate };
}
