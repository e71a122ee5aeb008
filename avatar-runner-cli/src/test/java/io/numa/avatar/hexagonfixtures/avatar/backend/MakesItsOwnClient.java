package io.numa.avatar.hexagonfixtures.avatar.backend;

import okhttp3.OkHttpClient;

/** Breaks: HTTP clients begin in one place. */
final class MakesItsOwnClient {
  private MakesItsOwnClient() {}

  static OkHttpClient client() {
    return new OkHttpClient.Builder().build();
  }
}
