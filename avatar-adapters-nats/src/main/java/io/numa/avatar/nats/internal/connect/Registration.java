package io.numa.avatar.nats.internal.connect;

/** An action that is called until this is closed. */
public interface Registration extends AutoCloseable {
  @Override
  void close();
}
