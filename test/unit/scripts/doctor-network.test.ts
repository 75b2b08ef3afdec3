import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clock } from '../../../scripts/doctor/clock';
import { openDesk } from '../../../scripts/doctor/open-desk';
import { publicAddress } from '../../../scripts/doctor/public-address';
import { slackToken } from '../../../scripts/doctor/slack-token';
import { repository } from '../../builders/bot';
import { FakeSlack } from '../../fakes/slack/slack';
import { elsewhere, found, ids, nobody, patient, saying, serve, stopServing } from './doctor-findings';

// Made for this test alone: nobody vouches for it.
const selfSigned = {
  cert: `-----BEGIN CERTIFICATE-----
MIIBhzCCAS2gAwIBAgIUAZb6temXS3Npds+hjf5tlFfFVx0wCgYIKoZIzj0EAwIw
GDEWMBQGA1UEAwwNaGVscGRlc2sudGVzdDAgFw0yNjExMjMwODE2MjBaGA8yMTI2
MTAzMDA4MTYyMFowGDEWMBQGA1UEAwwNaGVscGRlc2sudGVzdDBZMBMGByqGSM49
AgEGCCqGSM49AwEHA0IABB7PzgfoDnHhFMbRbLNjEaK5DN+6tCRZi7/RxD30rwE/
o8bogugdfgzFpVnWl8KIwgl3ZQcfsoq4R2md7e82vg6jUzBRMB0GA1UdDgQWBBSj
ZeOEmeQUp50OOfsMtC/0KvpzLTAfBgNVHSMEGDAWgBSjZeOEmeQUp50OOfsMtC/0
KvpzLTAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQD3xc/Ln1/9
4OTDx/ttFUo4Ec7pi8DxsUgrvcUdDx+mbgIgVuBSlbaxAU28kWYKLrNYEPk/Nz4O
oarASbZtG36NH7g=
-----END CERTIFICATE-----`,
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgmEBdR1vgZHFHgqwj
GP9WkRWCxpbGzDg/5XeFinSNwwyhRANCAAQez84H6A5x4RTG0WyzYxGiuQzfurQk
WYu/0cQ99K8BP6PG6ILoHX4MxaVZ1pfCiMIJd2UHH7KKuEdpne3vNr4O
-----END PRIVATE KEY-----`,
};

const slackOverHttp = { SLACK_BOT_TOKEN: 'xoxb-1-2-abcdef', SLACK_SIGNING_SECRET: '8f742231b10e8888abcd99aaeeebbb85' };
afterEach(stopServing);

describe('what the doctor finds about the public address', () => {
  const atHome = { ...slackOverHttp, SLACK_API_URL: 'http://127.0.0.1:9/api/' };
  const address = (url: string, more: NodeJS.ProcessEnv = slackOverHttp) =>
    ids({ ...more, PUBLIC_URL: url }, [publicAddress]);

  it('asks for it only where a platform calls the service', async () => {
    expect(await ids({}, [publicAddress])).toEqual([]);
    expect(await ids({ TEAMS_ALLOW_ANONYMOUS: '1' }, [publicAddress])).toEqual([]);
    const socketMode = { SLACK_BOT_TOKEN: 'xoxb-1-2-abcdef', SLACK_APP_TOKEN: 'xapp-1-2-abcdef' };
    expect(await ids(socketMode, [publicAddress])).toEqual([]);
    expect(await ids(slackOverHttp, [publicAddress])).toEqual(['public-url-missing']);
    expect(await ids({ TEAMS_APP_ID: 'id', TEAMS_APP_PASSWORD: 'password' }, [publicAddress])).toEqual([
      'public-url-missing',
    ]);
  });

  it('knows an address that no platform can call', async () => {
    expect(await address('http://127.0.0.1:3978')).toEqual(['public-url-loopback']);
    expect(await address('https://localhost')).toEqual(['public-url-loopback']);
    expect(await address('http://helpdesk.example.com')).toEqual(['public-url-not-https']);
    expect(await address('https://helpdesk.example.com/slack/events')).toEqual(['public-url-has-path']);
    expect(await address('https://helpdesk.example.com/api/messages/')).toEqual(['public-url-has-path']);
  });

  it('is content when the running service answers', async () => {
    const asked: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      asked.push(request.url);
      saying(200, { ok: true })(request, response);
    });
    expect(await address(url, atHome)).toEqual(['ok']);
    expect(await address(`${url}/helpdesk/`, atHome)).toEqual(['ok']);
    expect(asked).toEqual(['/healthz', '/helpdesk/healthz']);
  });

  it('tells where the way ends', async () => {
    expect(await address(await nobody(), atHome)).toEqual(['public-url-unreachable']);
    expect(await address(await serve(saying(308, '', { location: 'https://www.example.com/' })), atHome)).toEqual([
      'public-url-redirected',
    ]);
    expect(await address(await serve(saying(504, '<html>')), atHome)).toEqual(['public-url-failing']);
    expect(await address(await serve(saying(200, '<html>Welcome to nginx')), atHome)).toEqual(['public-url-elsewhere']);
    expect(await address(await serve(saying(404, '<html>')), atHome)).toEqual(['public-url-elsewhere']);
  });

  it('knows a certificate that nobody trusts', async () => {
    const url = await serve(saying(200, { ok: true }), selfSigned);
    const findings = await found({ ...atHome, PUBLIC_URL: url }, [publicAddress]);
    expect(findings).toMatchObject([{ id: 'public-url-certificate', text: expect.stringContaining('SELF_SIGNED') }]);
  });

  it('wonders about HOST when nothing answers and the service listens on loopback', async () => {
    const port = new URL(await nobody()).port;
    const url = `https://${elsewhere}:${port}`;
    expect(await address(url)).toEqual(['public-url-unreachable', 'host-loopback']);
    expect(await address(url, { ...slackOverHttp, HOST: '0.0.0.0' })).toEqual(['public-url-unreachable']);
  });
});

describe('what the doctor finds about the web desk', () => {
  const page = readFileSync(join(repository, 'src/desk/index.html'), 'utf8');
  const desk = async (status: number, body: string, host = elsewhere) => {
    const { port } = new URL(await serve(saying(status, body)));
    return ids({ PUBLIC_URL: `http://${host}:${port}` }, [openDesk]);
  };

  it('raises the alarm when a proxy lets strangers in', async () => {
    expect(await desk(200, page)).toEqual(['desk-open']);
    expect(await desk(403, '<html>The web desk is closed here')).toEqual(['ok']);
    expect(await desk(200, '<html>Our intranet')).toEqual(['ok']);
  });

  it('lets this machine alone', async () => {
    expect(await desk(200, page, '127.0.0.1')).toEqual([]);
    expect(await ids({}, [openDesk])).toEqual([]);
    expect(await ids({ PUBLIC_URL: `https://${elsewhere}:${new URL(await nobody()).port}` }, [openDesk])).toEqual([]);
  });
});

describe('what the doctor finds about the clock', () => {
  const minutes = 60_000;
  let slack: FakeSlack;
  beforeEach(async () => {
    slack = await FakeSlack.start();
  });
  afterEach(() => slack.stop());

  const clockThat = (aheadMs: number) =>
    found(
      { SLACK_BOT_TOKEN: slack.botToken, SLACK_SIGNING_SECRET: slack.signingSecret, SLACK_API_URL: slack.apiUrl },
      [slackToken, clock],
      patient(() => Date.now() + aheadMs),
    ).then((all) => all.filter(({ about }) => about === 'clock'));

  it('believes the platforms', async () => {
    expect(await clockThat(0)).toMatchObject([{ kind: 'ok' }]);
    expect(await clockThat(minutes)).toMatchObject([{ kind: 'ok' }]);
    expect(await clockThat(10 * minutes)).toMatchObject([
      { id: 'clock-skewed', text: expect.stringContaining('10 minutes ahead of 127.0.0.1') },
    ]);
    expect(await clockThat(-180 * minutes)).toMatchObject([
      { id: 'clock-skewed', text: expect.stringContaining('3 hours behind') },
    ]);
  });

  it('says nothing when no platform was asked', async () => {
    expect(await ids({}, [clock])).toEqual([]);
  });
});
