// Preloaded (`node --require`) into a program that is not ours, to keep it on this machine: what it opens can be reached
// from here alone, and whatever it wants from elsewhere fails as it would with the cable pulled out, told on standard error.
// Its standard input is a tether as well: when the test that holds the other end dies, however it dies, this ends too.
'use strict';
const dgram = require('node:dgram');
const dns = require('node:dns');
const net = require('node:net');

const isLoopback = (host) => {
  const bare = String(host)
    .toLowerCase()
    .replace(/^\[|\]$/g, '');
  return bare === 'localhost' || bare === '::1' || (net.isIPv4(bare) && bare.startsWith('127.'));
};

function refusal(what, host) {
  process.stderr.write(`loopback-only: refused to ${what} ${host}\n`);
  return Object.assign(new Error(`loopback-only: ${what} ${host}`), { code: 'ENOTFOUND', hostname: host });
}

const { listen } = net.Server.prototype;
net.Server.prototype.listen = function (...args) {
  const [first, second] = args;
  if (typeof first === 'object' && first !== null && 'port' in first) {
    if (!isLoopback(first.host ?? '127.0.0.1')) throw refusal('listen on', first.host);
    return listen.apply(this, [{ host: '127.0.0.1', ...first }, ...args.slice(1)]);
  }
  if (first === undefined || typeof first === 'function') return listen.call(this, 0, '127.0.0.1', ...args);
  if (typeof first !== 'number' && !/^\d+$/.test(String(first))) return listen.apply(this, args);
  if (typeof second !== 'string') return listen.call(this, first, '127.0.0.1', ...args.slice(1));
  if (!isLoopback(second)) throw refusal('listen on', second);
  return listen.apply(this, args);
};

// Everything that speaks TCP comes through here: http, https, tls and fetch.
const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...args) {
  // Node hands over its own already normalised list as one argument.
  const [options] = Array.isArray(args[0]) ? args[0] : args;
  const host = typeof options === 'object' ? (options.host ?? 'localhost') : args[1];
  const isLocal = typeof options === 'object' ? Boolean(options.path) && !options.port : typeof options === 'string';
  if (isLocal || typeof host !== 'string' || isLoopback(host)) return connect.apply(this, args);
  process.nextTick(() => this.destroy(refusal('connect to', host)));
  return this;
};

const { lookup } = dns;
dns.lookup = (host, ...rest) =>
  isLoopback(host) ? lookup(host, ...rest) : process.nextTick(rest.at(-1), refusal('look up', host));
const { lookup: lookupLater } = dns.promises;
dns.promises.lookup = async (host, ...rest) => {
  if (!isLoopback(host)) throw refusal('look up', host);
  return lookupLater(host, ...rest);
};
// These ask a name server over UDP, out of reach of the two above.
for (const name of Object.keys(dns).filter((each) => /^re(solve|verse)/.test(each))) {
  dns[name] = (host, ...rest) => process.nextTick(rest.at(-1), refusal('look up', host));
  if (name in dns.promises)
    dns.promises[name] = async (host) => {
      throw refusal('look up', host);
    };
}
dgram.createSocket = () => {
  throw refusal('open a datagram socket to', 'anywhere');
};

process.stdin.on('close', () => process.exit()).resume();
