package io.numa.avatar.nats.internal.connect;

import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** What is asked of the servers. A call that failed may be made again. */
public interface Call<T> {
  T make(Session session)
      throws InterruptedException, IOException, TimeoutException, JetStreamApiException;
}
