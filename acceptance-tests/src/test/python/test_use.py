"""使用"""

import os
import re

from cloudtower import ApiClient, Configuration, VmStatus
from cloudtower.api.alert_api import AlertApi
from cloudtower.api.user_api import UserApi
from cloudtower.api.vm_api import VmApi
from cloudtower.exceptions import ApiException, UnauthorizedException
from cloudtower.models import TaskStatus, UserSource
from cloudtower.utils import login, wait_task, wait_tasks

from tower import CHINESE, GIB, INTERVAL, PASSWORD, URL, USER, TowerTest

LATIN = re.compile(r"[A-Za-z]")


class Instances(TowerTest):
    """创建实例"""

    def test_api_client(self):
        """创建 ApiClient 实例"""
        configuration = Configuration(host=URL)
        client = ApiClient(configuration)
        login(client, USER, PASSWORD)
        self.assertEqual(USER, UserApi(client).get_my_info().username)

    def test_https(self):
        """创建 ApiClient 实例: https"""
        configuration = Configuration(host=os.environ["BELFRY_TLS_URL"])
        configuration.verify_ssl = False
        client = ApiClient(configuration)
        login(client, USER, PASSWORD)
        self.assertEqual(USER, UserApi(client).get_my_info().username)

    def test_https_refuses_an_unknown_certificate(self):
        """创建 ApiClient 实例: https, 证书未安装"""
        client = ApiClient(Configuration(host=os.environ["BELFRY_TLS_URL"]))
        with self.assertRaisesRegex(Exception, "CERTIFICATE_VERIFY_FAILED"):
            login(client, USER, PASSWORD)

    def test_api_instance(self):
        """创建对应的 API 实例"""
        vm_api = VmApi(self.client)
        self.assertEqual(1, len(vm_api.get_vms({"first": 1})))


class Authentication(TowerTest):
    """鉴权"""

    def test_login_from_utils(self):
        """通过 utils 中封装的登陆方法"""
        api_client = ApiClient(Configuration(host=URL))
        login(api_client, USER, PASSWORD)
        self.assertTrue(api_client.configuration.api_key["Authorization"])
        self.assertEqual(UserSource.LOCAL, UserApi(api_client).get_my_info().source)

    def test_login_with_user_api(self):
        """通过 UserApi 中的 login 方法来获得 token"""
        # The guide makes conf and api_client, then goes on with configuration and client.
        configuration = Configuration(host=URL)
        client = ApiClient(configuration)
        login_res = UserApi(client).login(
            {"username": USER, "password": PASSWORD, "source": UserSource.LOCAL}
        )
        configuration.api_key["Authorization"] = login_res.data.token
        self.assertEqual(USER, UserApi(client).get_my_info().username)

    def test_wrong_password(self):
        """密码错误"""
        with self.assertRaises(UnauthorizedException) as refused:
            login(ApiClient(Configuration(host=URL)), USER, PASSWORD + "x")
        self.assertIn("password", refused.exception.body)
        self.assertNotIn(PASSWORD, refused.exception.body)

    def test_no_token(self):
        """没有 token"""
        # Several samples of the guide forget to log in.
        with self.assertRaises(UnauthorizedException) as refused:
            VmApi(ApiClient(Configuration(host=URL))).get_vms({})
        self.assertIn('"status":401', refused.exception.body.replace(" ", ""))

    def test_unknown_token(self):
        """未知的 token"""
        configuration = Configuration(host=URL)
        configuration.api_key["Authorization"] = "token"
        with self.assertRaises(UnauthorizedException):
            VmApi(ApiClient(configuration)).get_vms({})

    def test_ldap_without_a_directory(self):
        """LDAP: 未配置"""
        # login() first asks /api for a directory, then falls back to the source LDAP.
        client = ApiClient(Configuration(host=URL))
        with self.assertRaises(ApiException) as refused:
            login(client, USER, PASSWORD, source=UserSource.LDAP)
        self.assertEqual(400, refused.exception.status)
        self.assertIn("LDAP", refused.exception.body)
        self.assertNotIn("Authorization", client.configuration.api_key)


class Requests(TowerTest):
    """发送请求"""

    def test_get(self):
        """获取资源"""
        vm_id = self.a_vm()
        vms = self.vm_api.get_vms({"where": {"id": vm_id}, "first": 1})
        self.assertEqual([vm_id], [vm.id for vm in vms])

    def test_update(self):
        """更新资源"""
        vm_id = self.a_vm()
        start_res = self.vm_api.start_vm({"where": {"id": vm_id}})
        self.assertEqual([vm_id], [res.data.id for res in start_res])
        # The guide imports ApiException nowhere; it lives in cloudtower.exceptions.
        try:
            wait_tasks([res.task_id for res in start_res], self.client, interval=INTERVAL)
        except ApiException as e:
            self.fail(e)
        else:
            self.assertEqual(VmStatus.RUNNING, self.vm(vm_id).status)

    def test_async(self):
        """发送异步请求"""
        vm_id = self.a_vm(name="async-" + os.urandom(4).hex())
        vms = self.vm_api.get_vms({"where": {"id": vm_id}}, async_req=True)
        self.assertTrue(vms.get()[0].name.startswith("async-"))

    def test_close(self):
        """使用完成后销毁 ApiClient 实例"""
        client = ApiClient(Configuration(host=URL))
        login(client, USER, PASSWORD)
        client.close()


class Waiting(TowerTest):
    """错误说明"""

    def test_timeout(self):
        """408 超时"""
        with self.assertRaises(ApiException) as late:
            wait_tasks(["no-such-task"], self.client, interval=INTERVAL, timeout=INTERVAL)
        self.assertEqual(408, late.exception.status)

    def test_failure(self):
        """500 异步任务内部错误"""
        failing = self.start_something_too_big()
        with self.assertRaises(ApiException) as failed:
            wait_tasks([failing.task_id], self.client, interval=INTERVAL)
        self.assertEqual(500, failed.exception.status)
        self.assertIn("HostAvailableMemoryFilter", failed.exception.reason)
        task = self.task(failing)
        self.assertEqual(TaskStatus.FAILED, task.status)
        self.assertIn("HostAvailableMemoryFilter", task.error_message)
        vm = self.vm(failing.data.id)
        self.assertEqual(VmStatus.STOPPED, vm.status)

    def test_failure_exits_at_once(self):
        """500 异步任务内部错误: exit_on_error"""
        failing = self.start_something_too_big()
        with self.assertRaises(ApiException) as failed:
            wait_tasks(
                [failing.task_id, "no-such-task"],
                self.client,
                interval=INTERVAL,
                exit_on_error=True,
            )
        self.assertEqual(500, failed.exception.status)

    def test_one_task(self):
        """wait_task"""
        failing = self.start_something_too_big()
        with self.assertRaises(ApiException) as failed:
            wait_task(failing.task_id, self.client, interval=INTERVAL)
        self.assertIn("HostAvailableMemoryFilter", failed.exception.reason)

    def start_something_too_big(self):
        return self.vm_api.start_vm({"where": {"id": self.a_vm(memory=64 * 1024 * GIB)}})[0]


class Headers(TowerTest):
    """自定义 header"""

    def alerts(self, client, **options):
        # The guide imports AlertApi from api.user_api, where it is not.
        return AlertApi(client).get_alerts(
            {"where": {"cluster": {"id": self.cluster.id}}, "first": 100}, **options
        )

    def assert_language(self, alerts, expected, unexpected):
        self.assertNotEqual([], alerts)
        for alert in alerts:
            for text in (alert.message, alert.solution, alert.cause, alert.impact):
                self.assertRegex(text, expected)
                if unexpected is not None:
                    self.assertNotRegex(text, unexpected)

    def test_default_header(self):
        """通过 ApiClient 的 set_default_header 方法"""
        client = self.another_client()
        client.set_default_header("content-language", "en-US")
        self.assert_language(self.alerts(client), LATIN, CHINESE)
        client.set_default_header("content-language", "zh-CN")
        self.assert_language(self.alerts(client), CHINESE, None)

    def test_default_header_as_the_guide_spells_it(self):
        """通过 ApiClient 的 set_default_header 方法: content_language"""
        # The header is content-language; Belfry takes the guide's content_language for it, too.
        client = self.another_client()
        client.set_default_header("content_language", "en-US")
        self.assert_language(self.alerts(client), LATIN, CHINESE)
        client.set_default_header("content_language", "zh-CN")
        self.assert_language(self.alerts(client), CHINESE, None)

    def test_keyword(self):
        """通过设置请求的关键字参数"""
        self.assert_language(self.alerts(self.client, content_language="zh-CN"), CHINESE, None)
        self.assert_language(self.alerts(self.client), LATIN, CHINESE)

    def test_both_languages_at_once(self):
        """content_language: *"""
        alert = self.alerts(self.client, content_language="*")[0]
        self.assertRegex(alert.message, r'"en-US"\s*:')
        self.assertRegex(alert.message, r'"zh-CN"\s*:')

    def test_unknown_language(self):
        """content_language: 其他值"""
        with self.assertRaises(ApiException) as refused:
            self.alerts(self.client, content_language="fr-FR")
        self.assertEqual(400, refused.exception.status)
        self.assertIn("fr-FR", refused.exception.body)

    def another_client(self):
        """One whose default headers nobody else uses."""
        client = ApiClient(Configuration(host=URL))
        login(client, USER, PASSWORD)
        return client
