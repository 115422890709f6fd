import { testExamples } from './partition';

testExamples('aws', ['us-east-1', 'eu-west-1']);
