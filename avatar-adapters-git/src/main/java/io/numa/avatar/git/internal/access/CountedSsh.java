package io.numa.avatar.git.internal.access;

import io.numa.avatar.metric.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.RemoteSession;
import org.eclipse.jgit.transport.RemoteSession2;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.util.FS;

/** Sessions over SSH whose bytes are counted. */
public final class CountedSsh extends SshSessionFactory {
  private final SshdSessionFactory sessions;
  private final Metrics metrics;

  public CountedSsh(SshdSessionFactory sessions, Metrics metrics) {
    this.sessions = sessions;
    this.metrics = metrics;
  }

  @Override
  public RemoteSession getSession(URIish uri, CredentialsProvider login, FS files, int timeout)
      throws TransportException {
    return new Session(sessions.getSession(uri, login, files, timeout));
  }

  @Override
  public String getType() {
    return sessions.getType();
  }

  private final class Session implements RemoteSession2 {
    private final RemoteSession2 session;

    Session(RemoteSession2 session) {
      this.session = session;
    }

    @Override
    public Process exec(String command, int timeout) throws IOException {
      return new Remote(session.exec(command, timeout));
    }

    @Override
    public Process exec(String command, Map<String, String> environment, int timeout)
        throws IOException {
      return new Remote(session.exec(command, environment, timeout));
    }

    @Override
    public void disconnect() {
      session.disconnect();
    }
  }

  /** A program at the other end. */
  private final class Remote extends Process {
    private final Process process;
    private final InputStream in;
    private final OutputStream out;

    Remote(Process process) {
      this.process = process;
      this.in = CountedBytes.received(process.getInputStream(), metrics);
      this.out = CountedBytes.sent(process.getOutputStream(), metrics);
    }

    @Override
    public InputStream getInputStream() {
      return in;
    }

    @Override
    public OutputStream getOutputStream() {
      return out;
    }

    @Override
    public InputStream getErrorStream() {
      return process.getErrorStream();
    }

    @Override
    public int waitFor() throws InterruptedException {
      return process.waitFor();
    }

    @Override
    public boolean waitFor(long time, TimeUnit unit) throws InterruptedException {
      return process.waitFor(time, unit);
    }

    @Override
    public int exitValue() {
      return process.exitValue();
    }

    @Override
    public void destroy() {
      process.destroy();
    }
  }
}
