package io.numa.avatar.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** Why a call got no answer. */
public enum NetworkFailure {
  UNKNOWN_HOST,
  NO_CONNECTION,
  TIMEOUT,
  /**
   * The server's certificate is not trusted, or client and server have no common cipher or TLS
   * version.
   */
  UNTRUSTED,
  BROKEN;

  /** The kind of failure of a {@link #cause}. */
  public static NetworkFailure of(Throwable cause) {
    if (cause instanceof UnknownHostException) {
      return UNKNOWN_HOST;
    }
    if (cause instanceof ConnectException) {
      return NO_CONNECTION;
    }
    if (cause instanceof InterruptedIOException) {
      return TIMEOUT;
    }
    return cause instanceof SSLException ? UNTRUSTED : BROKEN;
  }

  /** The network failure inside an exception of {@link HttpTransport}. */
  public static Throwable cause(IOException thrown) {
    return thrown.getCause() == null ? thrown : thrown.getCause();
  }
}
