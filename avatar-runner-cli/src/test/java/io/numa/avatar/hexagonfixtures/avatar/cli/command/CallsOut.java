package io.numa.avatar.hexagonfixtures.avatar.cli.command;

import okhttp3.OkHttpClient;

/** Breaks: the HTTP client stays with the backend. */
record CallsOut(OkHttpClient client) {}
