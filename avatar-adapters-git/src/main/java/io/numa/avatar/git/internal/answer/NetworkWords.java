package io.numa.avatar.git.internal.answer;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Says why there was no answer at all, in words that fit every transport. */
public enum NetworkWords {
  UNKNOWN_HOST("is an unknown host; check the address of the repository"),
  NO_CONNECTION("takes no connection at port %d; is it running, and is the address right?"),
  NOT_SECURE("and this machine found no common way to encrypt the connection"),
  BROKEN("broke the connection");

  private final String text;

  NetworkWords(String text) {
    this.text = text;
  }

  /** The rest of a sentence that begins with the host; empty if the network did not fail. */
  public static Optional<String> of(Throwable failure, int port) {
    return Stream.<Throwable>iterate(failure, one -> one != null, Throwable::getCause)
        .flatMap(one -> of(one).stream())
        .findFirst()
        .map(words -> String.format(Locale.ROOT, words.text, port));
  }

  private static Optional<NetworkWords> of(Throwable one) {
    if (one instanceof UnknownHostException || one instanceof UnresolvedAddressException) {
      return Optional.of(UNKNOWN_HOST);
    }
    if (one instanceof ConnectException || one instanceof NoRouteToHostException) {
      return Optional.of(NO_CONNECTION);
    }
    if (one instanceof SSLException) {
      return Optional.of(NOT_SECURE);
    }
    return one instanceof SocketException || one instanceof EOFException
        ? Optional.of(BROKEN)
        : Optional.empty();
  }
}
