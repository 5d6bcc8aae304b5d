"""The example of the README for Django."""

from django.conf import settings as django_settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path

from portcullis_client import Portcullis, PortcullisError
from portcullis_client.django import browser_of
from tests.support import new_user, return_url, settings_of

if not django_settings.configured:
    django_settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="the tests' own")

portcullis = Portcullis(**settings_of("always_on"))
user = new_user()


def sign_in(request):
    browser = browser_of(portcullis, request)
    opened = browser.open(user, return_url=return_url("always_on"))
    return browser.save(HttpResponseRedirect(opened.prompt_url))


def back(request):
    browser = browser_of(portcullis, request)
    try:
        response = HttpResponseRedirect("/")
        response.set_cookie("session", browser.finish().user, secure=True)
    except PortcullisError as error:
        response = HttpResponse(error.message, status=403)
    return browser.save(response)


def sign_out(request):
    browser = browser_of(portcullis, request)
    browser.forget()
    response = HttpResponseRedirect("/")
    response.delete_cookie("session")
    return browser.save(response)


urlpatterns = [path("sign-in", sign_in), path("back", back), path("sign-out", sign_out)]
