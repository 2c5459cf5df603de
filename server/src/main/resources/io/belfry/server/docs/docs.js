// The page: finds what the address names and shows it. Start here.

import {Api} from './api.js';
import {element} from './dom.js';
import {operationPage} from './operation.js';
import {sidebar} from './sidebar.js';
import {language, texts} from './texts.js';
import {typePage} from './type.js';

const page = document.getElementById('page');

document.documentElement.lang = language;
start().catch((error) => page.replaceChildren(element('p', {}, texts.failed, ' ', error.message)));

async function start() {
  const response = await fetch('openapi.json');
  if (!response.ok) {
    throw new Error(`HTTP ${response.status}`);
  }
  const api = new Api(await response.json());
  const side = sidebar(api, document.getElementById('side'));
  const show = () => {
    const address = decodeURIComponent(location.hash.slice(2));
    page.replaceChildren(...pageAt(api, address));
    document.title = `${page.querySelector('h1').textContent} · ${texts.title}`;
    page.scrollTo(0, 0);
    side.mark(address);
  };
  addEventListener('hashchange', show);
  show();
}

/** Addresses are `operation/get-vms`, `type/Vm` and nothing. */
function pageAt(api, address) {
  const [kind, name] = address.split('/');
  const operation = kind === 'operation' && api.operation(name);
  if (operation) {
    return operationPage(api, operation);
  }
  if (kind === 'type' && api.schema(name)) {
    return typePage(api, name);
  }
  return [
    element('h1', {}, 'CloudTower API ', element('small', {}, api.document.info.version)),
    element('p', {}, address === '' ? texts.about : texts.notFound),
    element('p', {}, element('a', {href: 'openapi.json'}, texts.document)),
  ];
}
