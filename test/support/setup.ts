// The CDK validates the templates of every synthesis by itself, which takes longer than the synthesis. The tests of the
// scanners, the examples and the newest CDK switch it on again; the others look at templates themselves.
process.env.CDK_VALIDATION = 'false';

// A green proof says so in a line, which no test of something else looks for.
process.env.CDK_PRIVATE_EC2_S3_ACCESS_QUIET = '1';

// The CDK takes a stack trace at every construct. Jest lets it have a hundred lines, and maps each to its source.
Error.stackTraceLimit = 10;
