"""What an app costs before it defines anything: Python, the kernel of jsii and the CDK."""

from aws_cdk import App, Stack


def main() -> None:
    app = App()
    Stack(app, "Training")
    app.synth()


if __name__ == "__main__":
    main()
