// Every text of the page in both languages; the API's own descriptions are in the document.

const TEXTS = {
  en: {
    title: 'Belfry API',
    about: 'Every operation is called below /v2/api. Choose one at the left, or press / to search.',
    operations: 'Operations',
    types: 'Types',
    search: 'Search operations and types',
    document: 'OpenAPI document',
    otherLanguage: '中文',
    request: 'Request',
    noBody: 'No body.',
    answer: 'Answer',
    errors: 'Errors',
    field: 'Field',
    type: 'Type',
    required: 'required',
    nullable: 'may be null',
    listOf: 'list of',
    operators: 'Operators',
    equals: 'equals',
    matches: 'matches',
    constants: 'Constants',
    characters: 'characters',
    items: 'items',
    usedBy: 'Used by',
    status: 'Status',
    meaning: 'Meaning',
    isPublic: 'needs no token',
    form: 'form with a file',
    tryIt: 'Try it',
    token: 'Token',
    send: 'Send',
    sending: 'Sending …',
    curl: 'As a command',
    notFound: 'There is no such page.',
    failed: 'The API’s description could not be loaded:',
  },
  zh: {
    title: 'Belfry API',
    about: '所有操作的路径都以 /v2/api 开头。请在左侧选择，或按 / 搜索。',
    operations: '操作',
    types: '类型',
    search: '搜索操作和类型',
    document: 'OpenAPI 文档',
    otherLanguage: 'English',
    request: '请求',
    noBody: '没有请求体。',
    answer: '响应',
    errors: '错误',
    field: '字段',
    type: '类型',
    required: '必填',
    nullable: '可为 null',
    listOf: '列表：',
    operators: '运算符',
    equals: '等于',
    matches: '匹配',
    constants: '枚举值',
    characters: '个字符',
    items: '项',
    usedBy: '被以下操作使用',
    status: '状态码',
    meaning: '含义',
    isPublic: '无需令牌',
    form: '带文件的表单',
    tryIt: '试一试',
    token: '令牌',
    send: '发送',
    sending: '正在发送……',
    curl: '命令行',
    notFound: '没有这个页面。',
    failed: '无法加载 API 描述：',
  },
};

const STORED = 'belfry-docs-language';

export const language =
    localStorage.getItem(STORED) ?? (navigator.language.startsWith('zh') ? 'zh' : 'en');

export const texts = TEXTS[language];

export function switchLanguage() {
  localStorage.setItem(STORED, language === 'en' ? 'zh' : 'en');
  location.reload();
}
