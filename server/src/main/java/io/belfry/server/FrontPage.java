package io.belfry.server;

import io.belfry.server.http.Answer;

/// The page at `/`: what runs here, and where to go on.
final class FrontPage {
  private FrontPage() {}

  static Answer answer() {
    return Answer.text(
        "text/html",
        """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>Belfry</title>
        <style>
          body { font: 16px/1.6 system-ui, sans-serif; max-width: 42rem; margin: 3rem auto; padding: 0 1rem }
          :root { color-scheme: light dark }
        </style>
        <h1>Belfry</h1>
        <p>An open implementation of the CloudTower operation API. All operations are below
          <code>/v2/api</code>: log in with <code>POST /v2/api/login</code>, and send the token in the
          header <code>Authorization</code>.
        <p lang="zh-CN">CloudTower 操作 API 的开放实现。所有操作都在 <code>/v2/api</code> 之下。
        <ul>
          <li><a href="/docs/">The API to read and try</a>
          <li><a href="/v2/api/openapi.json">The API as an OpenAPI document</a>,
            also <a href="/v2/api/openapi-3.0.json">in OpenAPI 3.0</a>
          <li><a href="/v2/api/get-version">The version of the API</a>
          <li><a href="/readyz">Whether the server is ready</a>, <a href="/healthz">whether it lives</a>,
            <a href="/metrics">its metrics</a>
        </ul>
        </html>
        """);
  }
}
