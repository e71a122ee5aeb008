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
 * A login for a proxy, by HTTP's {@code Basic} scheme. The JVM calls it for connections that it is
 * set on. The JVM caches accepted logins per instance, so all connections share one instance. Safe
 * for use by several threads.
 *
 * <p>For {@code https} targets, the JDK sends no login to the proxy while the system property
 * {@value #NOT_FOR_TUNNELS} contains {@code Basic}, as it does by default. The JDK reads the
 * property once, at the first connection of the JVM.
 */
public final class ProxyLogin extends Authenticator {
  /**
   * The property that lists the schemes that the JDK does not use with a proxy for {@code https}
   * targets.
   */
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

  /** The request to send after the proxy has refused one; null if the login was sent already. */
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
