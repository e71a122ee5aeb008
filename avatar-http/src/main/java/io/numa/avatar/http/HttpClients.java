package io.numa.avatar.http;

import javax.net.SocketFactory;
import okhttp3.OkHttpClient;

/** Begins every HTTP client of the avatar; the build forbids others. */
public final class HttpClients {
  private HttpClients() {}

  /** A client that sends the end of a request at once; see {@link PromptSockets}. */
  public static OkHttpClient.Builder builder() {
    return new OkHttpClient.Builder().socketFactory(PromptSockets.over(SocketFactory.getDefault()));
  }
}
