// The names of texts in, what they are in Chinese out. Texts that depend on something are functions.

export const chinese = {
  // 两个页面
  explorer: "调试台", inspector: "监视器", pages: "页面", skip: "跳到正文",
  description: "在本地云上调用、查阅并观察云 API。",
  theme: "主题", theme_: "自动", theme_light: "浅色", theme_dark: "深色", liveAllowed: "允许真实调用",
  copy: "复制", copied: "已复制", notCopied: "请按 Ctrl+C", text: "文本", showAll: "显示全部",
  failed: "操作失败", more: "展开", less: "收起", cancel: "取消", filter: "筛选", close: "关闭",

  // 搜索
  search: "搜索", actions: "接口", searchActions: (number) => `搜索 ${number} 个接口`,
  foundActions: (number) => `${number} 个接口`,
  onlyNear: "没有完全匹配的接口，您要找的是不是：", nothingFound: "未找到",
  welcome: "想调用哪个接口？",
  welcomeText: (number) => `按名称（任意写法）或用途搜索 ${number} 个接口。请求发往本地云：它会校验签名，并按接口描述作答。`,
  keySearch: "搜索", keyMove: "在结果中移动", keyOpen: "打开接口", keySend: "发送请求", keyEscape: "清空搜索",

  // 接口
  notes: "说明", deprecated: "已弃用", vendorDocs: "官方文档", regionRequired: "必须指定地域", regionOptional: "可指定地域",
  limit: (limit) => `频率上限 ${limit}`, idempotent: "可安全重试", notIdempotent: "不可随意重试", paged: "分页返回",
  streaming: "流式返回", bodyIs: (body) => `请求体：${body}`, answerFields: (number) => `返回字段（${number}）`,
  errorCodes: (number) => `错误码（${number}）`, filterCodes: "筛选错误码", repeatable: "可重试",

  // 表单
  parameters: "参数", form: "表单", rawJson: "JSON 参数", loadExample: "示例…", exampleLoaded: "示例已载入", reset: "重置",
  required: "必填", sensitive: "敏感", closed: "未开放", neededIf: "何时必填：", format: "格式", unit: "单位", default: "默认值",
  formatWords: (word) => ({
    json: "文本中的 JSON", url: "网址", date: "YYYY-MM-DD", datetime: "YYYY-MM-DD hh:mm:ss",
    "datetime-iso": "ISO 8601 日期时间", "unix-seconds": "1970 年起的秒数（UTC）",
    "unix-milliseconds": "1970 年起的毫秒数（UTC）", seconds: "秒", milliseconds: "毫秒", base64: "base64",
    md5: "十六进制 MD5", phone: "手机号码", email: "电子邮箱", ip: "IP 地址",
  }[word] ?? word),
  unset: "未设置", otherValue: "其他值…", emptyText: "将发送空文本", show: "显示", hide: "隐藏", now: "现在",
  fieldsOf: (name) => `${name} 的字段`, addItem: (type) => `+ 添加 ${type}`, itemAdded: (number) => `已添加第 ${number} 项`,
  itemMoved: (number) => `现为第 ${number} 项`, itemRemoved: (number) => `已删除第 ${number} 项`,
  moveUp: (number) => `上移第 ${number} 项`,
  moveDown: (number) => `下移第 ${number} 项`, removeItem: (number) => `删除第 ${number} 项`,
  oldFields: (number) => `${number} 个已弃用的参数`,
  noParameters: "此接口没有参数。", bytes: (number) => `${number} 字节`, tooLarge: (size) => `文件超过 ${size}`,
  unreadable: "无法读取文件",
  kind_string: "文本", kind_integer: "整数", kind_number: "数值", kind_boolean: "布尔", kind_bytes: "字节",
  kind_json: "任意 JSON",
  listOf: (type) => `${type} 列表`, problems: (number) => `${number} 个问题`, take: (value) => `改用 ${value}`,
  theRequest: "请求",
  notAnObject: "请求应为对象：{ … }", notJson: (line, column, what) => `第 ${line} 行第 ${column} 列：${what}`, goThere: "转到该处",
  jsonSign: (sign) => `此处应为 ${sign}`, json_end: "文本提前结束", json_value: "此处应为值", json_name: '此处应为 "…" 形式的名称',
  json_control: "文本中出现换行", json_escape: "未知的转义", json_deep: "嵌套过深", json_more: "结尾之后还有内容",

  // 发送
  target: "发往", local: "本地云", live: "真实云", region: "地域", noRegion: "无", send: "发送", sending: "正在发送…",
  liveWarning: (vendor) => `请求将使用服务进程的密钥发往真实的云（${vendor}），可能产生费用并影响真实用户。`,
  reallyLive: (action) => `要向真实的云发送 ${action} 吗？`,
  reallyLiveText: (vendor) => `此接口不可随意重试，它在 ${vendor} 上产生的结果无法在这里撤销。`, sendLive: "确认发送",

  // 结果
  results: "结果", request: "请求", signature: "签名", answer: "返回", code: "代码", preparing: "正在准备…", notYet: "参数正确后显示。",
  notSent: "尚未发送。按 Ctrl+Enter 发送。", noSignature: "此请求不需要签名。", noSnippet: "此调用没有代码示例。",
  signatureDemo: "使用本地云的演示密钥，逐步计算。", signatureLive: "逐步计算。由您的密钥派生的密钥不会显示。",
  noAnswer: "无返回", took: (ms) => `${Number(ms).toFixed(1)} 毫秒`, attempts: (number) => `尝试 ${number} 次`,
  answered: (status) => `已返回 ${status}`,
  body: "正文", headers: (number) => `${number} 个响应头`, meaning: "含义", delivery: "调用情况", advice: "建议",

  // 监视器
  calls: "调用", filterCalls: "筛选调用", onlyErrors: "仅错误", onlyBad: "仅签名异常", pause: "暂停",
  resume: (waiting) => (waiting ? `继续（${waiting} 条等待）` : "继续"),
  clear: "清空", exportTest: (number) => (number ? `将 ${number} 条导出为测试` : "导出为测试"), saveFile: "保存文件",
  shownCalls: (shown, all) => (shown === all ? `${all} 条调用` : `${shown} / ${all} 条调用`), listening: "监听中",
  paused: "已暂停", unreachable: "服务没有响应，正在重试…",
  dropped: (number) => `此处只保留最新的 ${number} 条调用。`, missed: (number) => `服务已丢弃 ${number} 条更早的调用。`,
  noCalls: "还没有调用", noCallsText: (url) => `对 ${url} 的任何调用都会立即显示在这里。`, noneFits: "没有符合筛选条件的调用。",
  time: "时间", action: "接口", status: "状态", duration: "毫秒", select: "选择", selectCall: (number) => `选择调用 ${number}`,
  details: "详情", callNumber: (number) => `调用 ${number}`,
  state_verified: "通过", state_refused: "拒绝", state_not_needed: "无需签名", state_not_checked: "未校验", whyRefused: "拒绝原因",
  deviations: (number) => `与接口描述的偏差（${number}）`, noDeviations: "与接口描述一致", unknownAction: "未知接口", host: "主机",
  key: "密钥",
  requestId: "请求 ID", sizes: "大小", inAndOut: (request, answer) => `收到 ${request}，返回 ${answer}`, error: "错误",
  noBody: "返回内容不是 JSON。", openInExplorer: "在调试台中打开", redactedNote: "敏感值显示为 <redacted>。",
};
