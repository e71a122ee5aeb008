/** Real servers on loopback: a backend over HTTP and a Git server over HTTP and SSH. */
@NullMarked
package io.numa.avatar.testkit.server;

import org.jspecify.annotations.NullMarked;
