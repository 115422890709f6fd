// All test files of a worker share one world, with Node's own global object: the module runtime beside this file keeps the
// library and the CDK loaded from file to file, so that they are loaded and compiled to machine code once, not 240 times;
// and the global object of Jest's own environment answers each `Map` and `Array` through an interceptor, which doubles the
// time of the proof.
const vm = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');

let shared;

module.exports = class SharedEnvironment extends TestEnvironment {
  constructor(config, context) {
    if (shared) {
      return shared;
    }
    const { createContext } = vm;
    vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY);
    try {
      super(config, context);
    } finally {
      vm.createContext = createContext;
    }
    shared = this;
  }

  /** Takes back what a file left behind: the environment variables that it set, and its handlers of Jest's events. */
  async teardown() {
    delete this.global[Symbol.for('EVENT_HANDLERS')];
    const { env } = this.global.process;
    Object.keys(env).forEach(name => delete env[name]);
    Object.assign(env, process.env);
  }
};
