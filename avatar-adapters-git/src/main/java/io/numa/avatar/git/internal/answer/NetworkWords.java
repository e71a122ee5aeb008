package io.numa.avatar.git.internal.answer;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.apache.sshd.common.SshException;

/** Says why there was no answer at all, in words that fit every transport. */
public enum NetworkWords {
  UNKNOWN_HOST("is an unknown host; check the address of the repository"),
  NO_CONNECTION("takes no connection at port %d; is it running, and is the address right?"),
  NOT_SECURE("and this machine found no common way to encrypt the connection"),
  BROKEN("broke the connection");

  private static final Pattern BROKEN_TEXT =
      Pattern.compile("Broken pipe|Premature EOF|Connection reset|is being closed|closing session");

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

  /** The JDK and the SSH library tell some broken connections by their text only. */
  private static boolean isBroken(Throwable one) {
    return (one.getClass() == IOException.class || one instanceof SshException)
        && BROKEN_TEXT.matcher(String.valueOf(one.getMessage())).find();
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
    return one instanceof SocketException || one instanceof EOFException || isBroken(one)
        ? Optional.of(BROKEN)
        : Optional.empty();
  }
}
