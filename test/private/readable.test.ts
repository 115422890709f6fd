import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { readable } from '../../src/private/readable';
import { newStack } from '../support/resources';

describe('statements for people', () => {
  test('are JSON with names in the place of what CloudFormation fills in', () => {
    const stack = newStack();
    const bucket = new Bucket(stack, 'Data');
    const statement = new PolicyStatement({
      sid: 'Read',
      actions: ['s3:GetObject'],
      resources: [bucket.arnForObjects('in/*')],
      conditions: { StringEquals: { 'aws:ResourceAccount': Aws.ACCOUNT_ID } },
    });
    expect(JSON.parse(readable(stack, [statement]))).toEqual([
      {
        Sid: 'Read',
        Effect: 'Allow',
        Action: 's3:GetObject',
        Resource: '<Training/Data/Resource.Arn>/in/*',
        Condition: { StringEquals: { 'aws:ResourceAccount': '<AWS::AccountId>' } },
      },
    ]);
  });
});
