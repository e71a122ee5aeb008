package io.numa.avatar.git.internal.access;

import io.numa.avatar.git.settings.GitCredentials;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.git.settings.HostCredential;
import io.numa.avatar.git.settings.HostTokens;
import io.numa.avatar.http.address.Destination;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.Secret;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import java.net.URL;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/**
 * Answers a host that asks for user name and password with that host's own credential. After a
 * refusal it reads the token again, as the first one may have expired, and never sends the same
 * token twice. It does not answer JGit's yes-or-no questions.
 */
public final class HostLogin extends CredentialsProvider {
  private final GitSettings settings;
  private final HostTokens tokens;
  private int refusals;
  private @Nullable Destination answered;
  private @Nullable Secret latest;
  private @Nullable Secret refused;
  private @Nullable PortException lack;

  public HostLogin(GitSettings settings) {
    this.settings = settings;
    this.tokens = new HostTokens(settings);
  }

  /**
   * Checks that the password of a host would not be sent unencrypted.
   *
   * @throws PortException of kind {@code UNAUTHORIZED} if it would, and the operator has not
   *     allowed it
   */
  public static void requireSafe(RepositoryUrl url, GitCredentials credentials) {
    if (url.transport() != RepositoryUrl.Transport.HTTP) {
      return;
    }
    Destination to = Destination.of(url);
    var credential = credentials.find(to, one -> one.token().isPresent());
    if (credential.isPresent() && !mayTravel(to, credential.get())) {
      throw new PortException(
          FailureKind.UNAUTHORIZED,
          ("could not log in at '" + url.host() + "': the password would travel over plain http;")
              + " use https, or set allow_insecure_http beside it under git.credentials");
    }
  }

  @Override
  public boolean isInteractive() {
    return false;
  }

  @Override
  public boolean supports(CredentialItem... items) {
    for (CredentialItem item : items) {
      if (!(item instanceof CredentialItem.Username || item instanceof CredentialItem.Password)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean get(URIish asked, CredentialItem... items) {
    URIish uri = StandInHosts.real(asked);
    Optional<HostCredential> credential = credential(uri);
    if (refusals > 1 || credential.isEmpty() || !supports(items)) {
      return false;
    }
    Optional<Secret> token = token(credential.get());
    if (token.isEmpty() || token.get().equals(refused)) {
      return false;
    }
    latest = token.get();
    answered = destination(uri);
    for (CredentialItem item : items) {
      if (item instanceof CredentialItem.Username user) {
        user.setValue(username(uri, credential.get()));
      } else if (item instanceof CredentialItem.Password password) {
        password.setValueNoCopy(token.get().reveal().toCharArray());
      }
    }
    return true;
  }

  /** Keeps the failure for {@link #lack}: JGit's threads for SSH would lose it. */
  private Optional<Secret> token(HostCredential credential) {
    try {
      return Optional.of(tokens.read(credential));
    } catch (PortException e) {
      lack = e;
      return Optional.empty();
    }
  }

  /** JGit calls this after the server has refused the answer. */
  @Override
  public void reset(URIish uri) {
    refusals++;
    refused = latest;
  }

  /** The failure to read the host's token, if there was one. */
  public Optional<PortException> lack() {
    return Optional.ofNullable(lack);
  }

  /** Whether the last answer was for this server, rather than one that redirected to it. */
  boolean isFor(URL url) {
    return Destination.of(url).equals(answered);
  }

  private Optional<HostCredential> credential(URIish uri) {
    Destination to = destination(uri);
    return tokens.credential(to).filter(one -> mayTravel(to, one));
  }

  private String username(URIish uri, HostCredential credential) {
    return Optional.ofNullable(uri.getUser())
        .or(credential::tokenUser)
        .orElse(settings.identity().name());
  }

  /** Whether the password may be sent there: encrypted, within this machine, or by permission. */
  public static boolean mayTravel(Destination to, HostCredential credential) {
    return to.isConfidential() || credential.allowInsecureHttp();
  }

  private static Destination destination(URIish uri) {
    return new Destination(String.valueOf(uri.getScheme()), uri.getHost(), port(uri));
  }

  private static int port(URIish uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    return scheme.equals("https") ? 443 : scheme.equals("http") ? 80 : 22;
  }
}
