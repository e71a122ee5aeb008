/** What is kept on the servers: subjects, keys, streams and consumers. */
@NullMarked
package io.numa.avatar.nats.internal.layout;

import org.jspecify.annotations.NullMarked;
