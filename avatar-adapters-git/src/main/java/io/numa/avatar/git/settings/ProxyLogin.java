package io.numa.avatar.git.settings;

import io.numa.avatar.port.Secret;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.util.Objects;
import okhttp3.Credentials;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy is shown that wants to know who goes through it, by HTTP's {@code Basic} scheme. The
 * JVM asks for it at the connections that are given it; it keeps what a proxy has accepted, by the
 * instance, so one is used for all connections. Safe for use by several threads.
 *
 * <p>The JDK shows it no proxy on the way to {@code https} as long as the system property {@value
 * #NOT_FOR_TUNNELS} names {@code Basic}, which it does by default, and which is read once, at the
 * first connection of a JVM.
 */
public final class ProxyLogin extends Authenticator {
  /** The schemes that the JDK does not use with a proxy on the way to {@code https}. */
  public static final String NOT_FOR_TUNNELS = "jdk.http.auth.tunneling.disabledSchemes";

  private static final String HEADER = "Proxy-Authorization";

  private final String username;
  private final Secret password;

  public ProxyLogin(String username, Secret password) {
    this.username = username;
    this.password = password;
  }

  @Override
  protected @Nullable PasswordAuthentication getPasswordAuthentication() {
    return getRequestorType() == RequestorType.PROXY
        ? new PasswordAuthentication(username, password.reveal().toCharArray())
        : null;
  }

  /** What OkHttp sends when a proxy has refused a request; null if it was shown this already. */
  @Nullable Request answer(Response refused) {
    Request request = refused.request();
    return request.header(HEADER) == null
        ? request
            .newBuilder()
            .header(HEADER, Credentials.basic(username, password.reveal()))
            .build()
        : null;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ProxyLogin login
        && username.equals(login.username)
        && password.equals(login.password);
  }

  @Override
  public int hashCode() {
    return Objects.hash(username, password);
  }
}
