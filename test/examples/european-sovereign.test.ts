import { testExamples } from './partition';

testExamples('aws-eusc', ['eusc-de-east-1']);
