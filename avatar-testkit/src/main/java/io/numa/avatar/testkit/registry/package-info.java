/** Package registries on loopback that demand a login, and tiny packages of each kind for them. */
@NullMarked
package io.numa.avatar.testkit.registry;

import org.jspecify.annotations.NullMarked;
