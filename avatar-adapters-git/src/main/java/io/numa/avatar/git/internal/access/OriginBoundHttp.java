package io.numa.avatar.git.internal.access;

import io.numa.avatar.git.internal.answer.HttpRefusals;
import io.numa.avatar.git.internal.answer.RefusedRequestException;
import io.numa.avatar.git.settings.CheckedConnections;
import io.numa.avatar.git.settings.GitAccess;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.http.HttpAnswer;
import io.numa.avatar.task.RepositoryUrl;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.GitProtocolConstants;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnection;
import org.jspecify.annotations.Nullable;

/**
 * Sends a server's login to that server only, not to any other that it redirects to, and refuses
 * requests to addresses that are not allowed. JGit 7.8 does so for other host names, but not for
 * another port or scheme of the same host.
 *
 * <p>An instance serves one conversation with a server.
 */
public final class OriginBoundHttp implements HttpConnectionFactory {
  private static final String ASK_FOR_FETCH = "/info/refs?service=git-upload-pack";
  private static final String ASK_FOR_PUSH = "/info/refs?service=git-receive-pack";
  private static final String ANSWER_TYPE = "application/x-git-upload-pack-advertisement";

  private final HostLogin login;
  private final GitAccess access;
  private final GitHosts gitHosts;
  private final CheckedConnections connections;
  private final ServerCapabilities known;
  private boolean recalling;
  private @Nullable URL recalled;

  public OriginBoundHttp(
      HostLogin login,
      GitSettings settings,
      CheckedConnections connections,
      ServerCapabilities known) {
    this.login = login;
    this.access = settings.access();
    this.gitHosts = new GitHosts(settings);
    this.connections = connections;
    this.known = known;
  }

  /** JGit's way to begin a fetch. */
  public interface Opening {
    FetchConnection open() throws IOException;
  }

  /**
   * Begins a fetch with the server's cached capabilities. If that fails, begins it again with fresh
   * ones.
   */
  public FetchConnection open(Opening opening) throws IOException {
    recalling = true;
    try {
      return opening.open();
    } catch (IOException | RefusedRequestException e) {
      if (recalled == null) {
        throw e;
      }
      known.forget(recalled);
      if (e.getCause() instanceof InterruptedIOException) { // the next attempt would time out, too
        throw e;
      }
    } finally {
      recalling = false;
    }
    return opening.open();
  }

  @Override
  public HttpConnection create(URL url) throws IOException {
    return create(url, Proxy.NO_PROXY);
  }

  @Override
  public HttpConnection create(URL wanted, Proxy proxy) throws IOException {
    URL url = StandInHosts.real(wanted);
    access.allowed().requireAllowed(url);
    URL connecting = connections.connecting(onTheWire(url));
    return new Bound(url, new OpenedConnection(connecting), access.network().way(url, proxy));
  }

  /** As curl sends it, which Git uses: without dot segments, and with nothing but ASCII. */
  private static URL onTheWire(URL url) throws IOException {
    String file = RepositoryUrl.encoded(url.getFile());
    return new URL(url, file.contains("/.") ? URI.create(file).normalize().toString() : file);
  }

  private final class Bound extends JDKHttpConnection {
    private final URL url;
    private final OpenedConnection opened;
    private boolean inProtocol2;
    private boolean loggedIn;
    private boolean sentWhileMade;
    private byte @Nullable [] answer;

    Bound(URL url, OpenedConnection opened, Proxy way) throws IOException {
      super(opened.url(), way);
      this.url = url;
      this.opened = opened;
    }

    /** The URL itself: the connection's may have an address in place of the host's name. */
    @Override
    public URL getURL() {
      return url;
    }

    @Override
    public void setRequestProperty(String key, String value) {
      boolean authorizes = key.equalsIgnoreCase("Authorization");
      if (!authorizes || login.isFor(url)) {
        super.setRequestProperty(key, value);
        loggedIn |= authorizes;
      }
      inProtocol2 |= value.equals(GitProtocolConstants.VERSION_2_REQUEST);
    }

    @Override
    public void setChunkedStreamingMode(int length) {
      sentWhileMade = true;
      super.setChunkedStreamingMode(length);
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      if (sentWhileMade && !loggedIn) {
        new LoginProbe(opened, url, login)
            .authorization()
            .ifPresent(value -> setRequestProperty("Authorization", value));
      }
      return CountedBytes.sent(opened.withTimeout(super.getOutputStream()), access.metrics());
    }

    private boolean asksWhatServerCan() {
      return inProtocol2 && url.toExternalForm().endsWith(ASK_FOR_FETCH);
    }

    @Override
    public int getResponseCode() throws IOException {
      Optional<byte[]> kept =
          recalling && asksWhatServerCan() ? known.answer(url) : Optional.empty();
      if (kept.isPresent()) {
        answer = kept.get();
        recalled = url;
        return HttpConnection.HTTP_OK;
      }
      int status = super.getResponseCode();
      HttpAnswer answered = opened.answer(status);
      gitHosts.note(url, answered);
      Optional<RefusedRequestException> refusal =
          HttpRefusals.refusal(url.toExternalForm(), answered, gitHosts.include(url));
      if (refusal.isPresent()) {
        throw refusal.get();
      }
      return status;
    }

    @Override
    public InputStream getInputStream() throws IOException {
      if (answer != null) {
        return new ByteArrayInputStream(answer);
      }
      InputStream in = CountedBytes.received(super.getInputStream(), access.metrics());
      if (asksForRefsOfPush() && super.getHeaderField("Content-Encoding") == null) {
        return WithoutShallowLines.of(in);
      }
      return asksWhatServerCan() ? noting(in) : in;
    }

    private boolean asksForRefsOfPush() {
      return url.toExternalForm().endsWith(ASK_FOR_PUSH);
    }

    private InputStream noting(InputStream in) throws IOException {
      byte[] start = in.readNBytes(ServerCapabilities.LARGEST);
      if (start.length < ServerCapabilities.LARGEST) {
        known.note(url, plain(start));
      }
      return new SequenceInputStream(new ByteArrayInputStream(start), in);
    }

    private byte[] plain(byte[] content) throws IOException {
      if (!"gzip".equals(getHeaderField("Content-Encoding"))) {
        return content;
      }
      try (var in = new GZIPInputStream(new ByteArrayInputStream(content))) {
        return in.readNBytes(ServerCapabilities.LARGEST);
      }
    }

    @Override
    public @Nullable String getContentType() {
      String type = answer == null ? super.getContentType() : ANSWER_TYPE;
      return type == null ? null : OpenedConnection.withoutParameters(type);
    }

    @Override
    public @Nullable String getHeaderField(String name) {
      return answer == null ? super.getHeaderField(name) : null;
    }

    @Override
    public List<String> getHeaderFields(String name) {
      return answer == null ? super.getHeaderFields(name) : List.of();
    }

    @Override
    public void configure(KeyManager[] keys, TrustManager[] trusted, SecureRandom random) {
      throw new IllegalStateException("certificates are always verified");
    }

    @Override
    public void setHostnameVerifier(HostnameVerifier verifier) {
      throw new IllegalStateException("the names in certificates are always verified");
    }
  }
}
