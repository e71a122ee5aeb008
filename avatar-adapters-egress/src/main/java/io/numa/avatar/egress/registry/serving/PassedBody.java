package io.numa.avatar.egress.registry.serving;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import okhttp3.Response;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/** The body of a registry's answer, on its way to a sandbox. */
final class PassedBody extends AbstractHttpEntity {
  /** Copies a body. */
  @FunctionalInterface
  interface Copy {
    void run(InputStream in, OutputStream out) throws IOException;
  }

  private final Response response;
  private final long length;
  private final Copy copy;
  private final Runnable abort;

  /**
   * @param length in bytes; -1 if it is not known
   * @param abort ends the connection. A body that ends too early must not look complete
   */
  PassedBody(Response response, long length, Copy copy, Runnable abort) {
    super((ContentType) null, null, length < 0);
    this.response = response;
    this.length = length;
    this.copy = copy;
    this.abort = abort;
  }

  /** The body as it comes. Its length is that of the header, which an answer to HEAD has, too. */
  static PassedBody unchanged(Response response, Runnable abort) {
    String length = response.header("Content-Length", "");
    boolean known = length != null && length.matches("[0-9]{1,18}");
    return new PassedBody(
        response, known ? Long.parseLong(length) : -1, InputStream::transferTo, abort);
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    try {
      copy.run(response.body().byteStream(), out);
    } catch (IOException | RuntimeException e) {
      abort.run();
      throw e;
    }
  }

  @Override
  public InputStream getContent() {
    throw new UnsupportedOperationException("the body is only written");
  }

  @Override
  public boolean isStreaming() {
    return true;
  }

  @Override
  public long getContentLength() {
    return length;
  }

  @Override
  public void close() {
    response.close();
  }
}
