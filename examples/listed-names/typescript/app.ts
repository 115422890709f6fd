import { App, Stack } from 'aws-cdk-lib';
import { BucketAccess, DataBucketSource, DnsFirewall, PrivateEc2S3Access } from 'cdk-private-ec2-s3-access';

const stack = new Stack(new App(), 'ListedNames', { env: { account: '111122223333', region: 'eu-west-1' } });
new PrivateEc2S3Access(stack, 'App', {
  dnsFirewall: DnsFirewall.listedDomains({ additionalDomains: ['*.corp.example.com'] }),
  dataBuckets: {
    UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }),
  },
});
