package io.belfry.benchmarks.peer;

import com.google.gson.reflect.TypeToken;
import io.belfry.benchmarks.SdkClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.api.UserApi;
import org.openapitools.client.api.VmApi;
import org.openapitools.client.model.GetVmsRequestBody;
import org.openapitools.client.model.LoginInput;
import org.openapitools.client.model.UserSource;
import org.openapitools.client.model.Vm;

/// A client that a generator makes of the OpenAPI document: what programs in Java have for this API
/// without an SDK that somebody wrote. CloudTower's own Java SDK is made in the same way, with a
/// waiter for tasks and a treatment of nulls added, which costs it most of its time for decoding;
/// neither is here.
public final class GeneratedSdkClient implements SdkClient {
  private final ApiClient client = new ApiClient();

  @Override
  public void connect(String url) throws ApiException {
    client.setBasePath(url);
    var login = new LoginInput().username("root").password("benchmark").source(UserSource.LOCAL);
    client.setApiKey(new UserApi(client).login(login, null, null).getData().getToken());
  }

  @Override
  public long getVms(int first) throws ApiException {
    return memory(new VmApi(client).getVms(null, new GetVmsRequestBody().first(first)));
  }

  @Override
  public long decode(byte[] answer) {
    var text = new String(answer, StandardCharsets.UTF_8);
    return memory(client.getJSON().deserialize(text, new TypeToken<List<Vm>>() {}.getType()));
  }

  private static long memory(List<Vm> vms) {
    return vms.stream().mapToLong(Vm::getMemory).sum();
  }

  @Override
  public void waitForTasks(List<String> ids) {
    throw new UnsupportedOperationException("a generated client has nothing that waits");
  }

  @Override
  public void close() {} // it has nothing to close
}
