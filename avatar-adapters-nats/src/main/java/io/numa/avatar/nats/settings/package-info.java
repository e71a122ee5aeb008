/** What a caller says about the NATS servers: where they are, how to log in, what is taken. */
@NullMarked
package io.numa.avatar.nats.settings;

import org.jspecify.annotations.NullMarked;
