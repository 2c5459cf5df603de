/// The readable page of the API, with the OpenAPI document that it shows. Nothing in it comes from
/// another host. Start with [ApiDocs].
@NullMarked
package io.belfry.server.docs;

import org.jspecify.annotations.NullMarked;
