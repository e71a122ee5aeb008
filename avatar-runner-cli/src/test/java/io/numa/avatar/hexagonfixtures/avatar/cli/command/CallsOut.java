package io.numa.avatar.hexagonfixtures.avatar.cli.command;

import okhttp3.OkHttpClient;

/** Breaks: the HTTP client stays with the adapters. */
record CallsOut(OkHttpClient client) {}
