import { testExamples } from './partition';

testExamples('aws-us-gov', ['us-gov-west-1', 'us-gov-east-1']);
